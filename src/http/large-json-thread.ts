// The thread that parses large JSON bodies. It answers with the members that were asked for and little else.

import { parentPort } from 'node:worker_threads';
import { type JsonReading, parseExactJson } from './exact-json.ts';

interface Call {
  readonly call: number;
  readonly body: Uint8Array;
  readonly members: readonly string[];
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

function read({ body, members }: Call): JsonReading {
  const reading = parseExactJson(Buffer.from(body).toString('utf8'));
  return reading.ok ? { ok: true, value: reduce(reading.value, members) } : reading;
}

parentPort?.on('message', (call: Call) => {
  parentPort?.postMessage({ call: call.call, reading: read(call) });
});
