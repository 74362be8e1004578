// Idempotency-Key: what a client may send with every POST that writes, so that a retry never books twice.
// The key belongs to the credential that sent it and is bound to method, path and body.

import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, IdempotencyKey, Outcome } from '../ledger/commands.ts';

const KEY = /^[\x20-\x7e]{1,255}$/;

/** The header is there, but is no key. */
export class InvalidIdempotencyKey extends Error {}

/** The key that a request carries. Throws InvalidIdempotencyKey. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw new InvalidIdempotencyKey();
  return key;
}

/**
 * The key that a request carries, as a part of a command; empty where it carries none. `body` are the bytes as sent.
 * Throws InvalidIdempotencyKey.
 */
export function idempotencyOf(
  request: FastifyRequest,
  body: Buffer | undefined,
  keeps: IdempotencyKey['keeps'],
): { readonly idempotency?: IdempotencyKey } {
  const key = idempotencyKeyOf(request);
  if (key === undefined) return {};
  const path = request.url.split('?')[0];
  const bodyHash = hash('sha256', body ?? '', 'hex');
  const fingerprint = hash('sha256', `${request.method} ${path} ${bodyHash}`, 'hex');
  return { idempotency: { key, fingerprint, keeps } };
}

/** Marks an answer that is given again: it is the first one, under the first request's id. */
export function markReplay(request: FastifyRequest, reply: FastifyReply, answer: Answer<Outcome>): void {
  if (answer.replayOf === null) return;
  reply.header('idempotent-replayed', 'true');
  request.answerId = answer.replayOf;
}
