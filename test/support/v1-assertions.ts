// What answers of /v1 are compared with. The members that DESIGN.md names must be there with exactly these values;
// more members may be added, so others are passed over. Problems are read as RFC 9457 has them.

import assert from 'node:assert/strict';
import type { V1Answer } from './v1-client.ts';

export const uuidVersion7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
export const plainDate = /^\d{4}-\d\d-\d\d$/;

/** Status, `application/json`, and these members with these values, at every depth. */
export function assertMembers(answer: V1Answer, status: number, members: object, about = ''): void {
  const shown = shownOf(answer, about);
  assert.equal(answer.status, status, shown);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json(;|$)/, shown);
  assert.deepEqual(named(answer.json, members), members, shown);
}

/** A problem: its type and status, the standard members, and the places that its `errors` name, in any order. */
export function assertProblem(
  answer: V1Answer,
  status: number,
  type: string,
  pointers: readonly string[] = [],
  about = '',
): void {
  const shown = shownOf(answer, about);
  assert.equal(answer.status, status, shown);
  assert.equal(answer.headers.get('content-type')?.split(';')[0], 'application/problem+json', shown);
  const problem = objectOf(answer);
  assert.equal(problem['type'], `/problems/${type}`, shown);
  assert.equal(problem['status'], status, shown);
  for (const member of ['title', 'detail']) {
    assert.ok(typeof problem[member] === 'string' && problem[member] !== '', `${member} of ${shown}`);
  }
  assert.equal(problem['request_id'], answer.headers.get('x-request-id'), shown);
  const errors = problem['errors'] as readonly { pointer: string; detail: string }[];
  assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), [...pointers].sort(), shown);
  for (const { detail } of errors) assert.ok(typeof detail === 'string' && detail !== '', shown);
  assert.doesNotMatch(answer.text, /node_modules|\.ts:|\bat \w+ \(|SQLITE|sqlite/i, shown);
}

export function objectOf(answer: V1Answer): Record<string, unknown> {
  const { json } = answer;
  assert.ok(typeof json === 'object' && json !== null && !Array.isArray(json), shownOf(answer, ''));
  return json as Record<string, unknown>;
}

/** The member of an answer, which must be a text. */
export function textOf(answer: V1Answer, member: string): string {
  const value = objectOf(answer)[member];
  assert.equal(typeof value, 'string', `${member} of ${shownOf(answer, '')}`);
  return value as string;
}

function shownOf(answer: V1Answer, about: string): string {
  return `${about} answered ${answer.status} ${answer.text.slice(0, 2000)}`;
}

/** What `actual` says of the members that `expected` has; lists keep all their items. */
function named(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.map((item, index) => named(item, expected[index]));
  }
  if (!isObject(actual) || !isObject(expected)) return actual;
  const members = Object.keys(expected).filter((member) => Object.hasOwn(actual, member));
  return Object.fromEntries(members.map((member) => [member, named(actual[member], expected[member])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
