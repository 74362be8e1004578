// What holds for every answer, whatever was asked: no fault of the server, a request id, JSON or a file as the OpenAPI
// document has it, and nothing of the innards.

import type { AnswerCheck, OpenApiDocument } from '../support/openapi-answers.ts';
import { leakIn } from './leaks.ts';
import type { WireAnswer } from './wire-answers.ts';
import { requestIdSent, type WireRequest } from './wire-request.ts';

/** Addresses that the document does not have by intention, since they are for people and for machines that watch. */
const OUTSIDE_THE_DOCUMENT = /^\/($|(app|metrics|docs|openapi\.json|problems)(\/|$))/;

export interface Rules {
  readonly checked: AnswerCheck;
  /** What may stand in no answer now. */
  secrets(): readonly string[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Files and streams, of which the document says where they are answered. */
const FILES = /^(text\/(csv|event-stream)|application\/(x-ndjson|vnd\.apache\.parquet))(;|$)/;

function jsonFault({ status, headers, text }: WireAnswer): string | undefined {
  if (text === '') return undefined;
  const type = headers.get('content-type') ?? '';
  if (status === 200 && FILES.test(type)) return undefined;
  if (!/^application\/(problem\+)?json(;|$)/.test(type)) return `its media type is ${JSON.stringify(type)}`;
  return parsed(text) === undefined ? 'its body is no JSON' : undefined;
}

/** What is wrong with an answer to whatever bytes, or undefined. */
export function faultOfAny(answer: WireAnswer, rules: Rules): string | undefined {
  const { status, headers, text } = answer;
  if (status >= 500) return `the status is ${status}`;
  if (!headers.get('x-request-id')) return 'it has no X-Request-Id';
  const leak = leakIn(`${[...headers.values()].join('\n')}\n${text}`, rules.secrets());
  return leak === undefined ? undefined : `it tells ${leak}`;
}

/** The path that a server makes of a request's target: without a host, decoded, without query and fragment. */
export function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  try {
    return decodeURI(path === '' ? '/' : path);
  } catch {
    return path;
  }
}

function idFault(request: WireRequest, { headers, text }: WireAnswer): string | undefined {
  const id = headers.get('x-request-id');
  const sent = requestIdSent(request);
  if (sent !== undefined && id !== sent) return `its X-Request-Id is ${id} instead of ${sent}`;
  if (text === '' || !headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  const named = (parsed(text) as { request_id?: unknown }).request_id;
  // An answer that is given again names the first request.
  if (headers.get('idempotent-replayed') === 'true' || named === id) return undefined;
  return `its body names the request ${named}, its header ${id}`;
}

function isInDocument({ paths }: OpenApiDocument, template: string, method: string): boolean {
  return paths[template]?.[method.toLowerCase()] !== undefined;
}

/** What is wrong with the answer to a request that is HTTP beyond doubt, or undefined. */
export function faultOf(request: WireRequest, answer: WireAnswer, rules: Rules): string | undefined {
  const { method, target, operation } = request;
  const { status, headers, text } = answer;
  const path = pathOf(target);
  if (OUTSIDE_THE_DOCUMENT.test(path) && status < 400) return undefined;
  const fault = faultOfAny(answer, rules) ?? jsonFault(answer) ?? idFault(request, answer);
  if (fault !== undefined) return fault;
  if (method === 'HEAD') {
    const isQuestion = isInDocument(rules.checked.document, operation.template, 'GET');
    return status < 400 && !isQuestion ? `the status is ${status}` : undefined;
  }
  try {
    const mediaType = headers.get('content-type') ?? '';
    rules.checked.check(method, path, { status, mediaType, text, json: parsed(text) });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
