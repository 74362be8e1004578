// The thread that parses large JSON bodies. It answers with the members that were asked for and little else.

import { type Inexact, type JsonReading, parseExactJson } from '../domain/exact-json.ts';
import { answerCalls } from '../threads/answer-calls.ts';

export interface LargeJsonCall {
  readonly body: Uint8Array;
  readonly members: readonly string[];
  readonly inexact: Inexact;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function small(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? [] : value;
}

function reduce(value: unknown, members: readonly string[]): unknown {
  if (!isObject(value)) return small(value);
  const kept: [string, unknown][] = members
    .filter((member) => Object.hasOwn(value, member))
    .map((member) => [member, small(value[member])]);
  const other = Object.keys(value).find((member) => !members.includes(member));
  if (other !== undefined) kept.push([other.slice(0, 100), null]);
  return Object.fromEntries(kept);
}

answerCalls(({ body, members, inexact }: LargeJsonCall): JsonReading => {
  const reading = parseExactJson(Buffer.from(body).toString('utf8'), inexact);
  return reading.ok ? { ok: true, value: reduce(reading.value, members) } : reading;
});
