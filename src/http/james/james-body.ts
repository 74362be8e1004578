// The body of a James request. The content type does not matter; a body that is no JSON object is `Invalid JSON.`

import type { FastifyRequest } from 'fastify';
import type { IdempotencyKey } from '../../ledger/commands.ts';
import type { Origin } from '../../ledger/ledger.ts';
import { idempotencyOf } from '../idempotency.ts';
import { readJsonBody } from '../json-body.ts';
import { originOf } from '../surface.ts';

const MEMBERS = ['amount', 'term', 'rate', 'date', 'payment'];

/**
 * Clients of the original, written in Python, can send NaN and Infinity bare, which JSON does not know. They become
 * texts, so that the answer names the field. (Strings match first and stay as they are.)
 */
const BARE_NOT_FINITE = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
const QUOTABLE_BYTES_MAX = 4096;

function quoteNotFinite(body: Buffer): Buffer {
  const text = body.toString('utf8');
  return Buffer.from(text.replace(BARE_NOT_FINITE, (found) => (found[0] === '"' ? found : `"${found}"`)));
}

/** Who sends a command, and the idempotency key that came with it. */
export function commandedBy(request: FastifyRequest): {
  readonly origin: Origin;
  readonly idempotency?: IdempotencyKey;
} {
  const body = Buffer.isBuffer(request.body) ? request.body : undefined;
  return { origin: originOf(request), ...idempotencyOf(request, body, 'conflicts') };
}

/** The body's members, or undefined where it is no JSON object. */
export async function readJamesBody(body: unknown): Promise<Record<string, unknown> | undefined> {
  const bytes = Buffer.isBuffer(body) ? body : undefined;
  let reading = await readJsonBody(bytes, MEMBERS, 'as text');
  if (
    !reading.ok &&
    bytes !== undefined &&
    bytes.length <= QUOTABLE_BYTES_MAX &&
    /NaN|Infinity/.test(bytes.toString('latin1'))
  ) {
    reading = await readJsonBody(quoteNotFinite(bytes), MEMBERS, 'as text');
  }
  if (!reading.ok) return undefined;
  const { value } = reading;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
