// What an answer of the James surface is compared with: status, media type and the whole body.
// Every failure shows the answer's own text, since that is what a client of the original reads.

import assert from 'node:assert/strict';
import type { Answer } from './james-client.ts';

/** Status, `application/json` and exactly this body. */
export function assertAnswer(answer: Answer, status: number, body: unknown, about = ''): void {
  const shown = `${about} answered ${answer.status} ${answer.text.slice(0, 500)}`;
  assert.equal(answer.status, status, shown);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json(;|$)/, shown);
  assert.deepEqual(answer.json, body, shown);
}

/** 400 that names these fields and nothing else; the texts are compared where they are given. */
export function assertFieldsRefused(
  answer: Answer,
  fields: Readonly<Record<string, string | RegExp>>,
  about = '',
): void {
  const shown = `${about} answered ${answer.status} ${answer.text.slice(0, 500)}`;
  assert.equal(answer.status, 400, shown);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json(;|$)/, shown);
  const said = objectOf(answer, shown);
  assert.deepEqual(Object.keys(said).sort(), Object.keys(fields).sort(), shown);
  for (const [field, expected] of Object.entries(fields)) {
    const text = said[field];
    assert.equal(typeof text, 'string', shown);
    if (typeof expected === 'string') assert.equal(text, expected, shown);
    else assert.match(String(text), expected, shown);
  }
}

/** 400 that names one of these fields with this text, where the contract leaves open which one. */
export function assertOneFieldRefused(
  answer: Answer,
  fields: readonly string[],
  text: string,
  about = '',
): void {
  const shown = `${about} answered ${answer.status} ${answer.text.slice(0, 500)}`;
  assert.equal(answer.status, 400, shown);
  const said = Object.entries(objectOf(answer, shown));
  assert.notEqual(said.length, 0, shown);
  for (const [field, message] of said) {
    assert.ok(fields.includes(field), shown);
    assert.equal(message, text, shown);
  }
}

export function assertInvalidJson(answer: Answer, about = ''): void {
  assertAnswer(answer, 400, { error: 'Invalid JSON.' }, about);
}

export function assertPaymentAdded(answer: Answer, about = ''): void {
  assertAnswer(answer, 200, { success: 'Payment added.' }, about);
}

/** A balance by the digits of the answer's text, and no other key. */
export function assertBalance(answer: Answer, digits: string, about = ''): void {
  const shown = `${about} answered ${answer.status} ${answer.text}`;
  assert.equal(answer.status, 200, shown);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json(;|$)/, shown);
  assert.equal(answer.text.replace(/\s/g, ''), `{"balance":${digits}}`, shown);
}

/** An issued loan by its keys, the form of its id and the digits of its installment. */
export function assertIssued(answer: Answer, digits: string, about = ''): void {
  const shown = `${about} answered ${answer.status} ${answer.text}`;
  assert.equal(answer.status, 200, shown);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json(;|$)/, shown);
  const { loan_id: id } = answer.json as { loan_id?: unknown };
  assert.match(String(id), uuidVersion7, shown);
  const compact = answer.text.replace(/\s/g, '');
  const either = [
    `{"loan_id":"${id}","installment":${digits}}`,
    `{"installment":${digits},"loan_id":"${id}"}`,
  ];
  assert.ok(either.includes(compact), `${shown}, expected installment ${digits}`);
}

export const uuidVersion7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function objectOf(answer: Answer, shown: string): Record<string, unknown> {
  assert.ok(typeof answer.json === 'object' && answer.json !== null && !Array.isArray(answer.json), shown);
  return answer.json as Record<string, unknown>;
}
