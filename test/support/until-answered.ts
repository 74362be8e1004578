// Requests that are sent again until they are answered, as a client does whose bank's database fails. Whatever is heard
// meanwhile must be 503 with Retry-After: any other answer than the true one is thrown.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer as JamesAnswer } from './james-client.ts';
import { freshKey } from './keyed-requests.ts';
import type { V1Answer } from './v1-client.ts';

/** A client told to come back in a second comes sooner here, so that a test is over sooner. */
const PAUSE_MS = 50;

/** An answer of either surface. */
export interface Heard {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export async function heardFromV1(sent: Promise<V1Answer>): Promise<Heard> {
  const { status, headers, text, json } = await sent;
  return { status, header: (name) => headers.get(name), text, json: json as Heard['json'] };
}

export async function heardFromJames(sent: Promise<JamesAnswer>): Promise<Heard> {
  const { status, headers, text, json } = await sent;
  const header = (name: string) => (headers[name] as string | undefined) ?? null;
  return { status, header, text, json: json as Heard['json'] };
}

/** 503 as either surface says it, with the time to wait. */
export function assertUnavailable({ status, header, text, json }: Heard): void {
  assert.equal(status, 503, text);
  assert.match(header('retry-after') ?? '', /^[1-9]\d*$/, text);
  if (header('content-type')?.startsWith('application/problem+json'))
    assert.equal(json['type'], '/problems/unavailable', text);
  else assert.deepEqual(json, { error: 'Service unavailable.' });
}

/** What was heard, counted. */
export class Tally {
  /** How often, by what was asked for and the status: `pay 201`. */
  readonly heard = new Map<string, number>();
  /** Writes that were found recorded although they had been answered 503. */
  foundRecorded = 0;

  add(what: string, status: number): void {
    const name = `${what} ${status}`;
    this.heard.set(name, (this.heard.get(name) ?? 0) + 1);
  }

  /** How often a status was heard, whatever was asked for. */
  count(status: number): number {
    return [...this.heard].reduce((sum, [name, count]) => sum + (name.endsWith(` ${status}`) ? count : 0), 0);
  }

  toString(): string {
    const heard = [...this.heard].sort().map(([name, count]) => `${name}: ${count}`);
    return `${heard.join(', ')}; found recorded after 503: ${this.foundRecorded}`;
  }
}

/** Asks until it is answered with 200. */
export async function asked(tally: Tally, send: () => Promise<Heard>): Promise<Heard> {
  for (;;) {
    const heard = await send();
    tally.add('ask', heard.status);
    if (heard.status === 200) return heard;
    assertUnavailable(heard);
    await sleep(PAUSE_MS);
  }
}

export interface Write {
  readonly name: string;
  readonly accepted: 200 | 201;
  /** Whether it carries an Idempotency-Key. Without one, what was recorded unheard shows as a duplicate. */
  readonly hasKey: boolean;
  readonly send: (options: { readonly headers: Readonly<Record<string, string>> }) => Promise<Heard>;
}

/** Sends a write until it is recorded; gives the answer, which is 409 where an attempt without a key was recorded. */
export async function recorded(tally: Tally, { name, accepted, hasKey, send }: Write): Promise<Heard> {
  const options = { headers: hasKey ? { 'idempotency-key': freshKey() } : {} };
  for (let attempts = 1; ; attempts++) {
    const heard = await send(options);
    tally.add(name, heard.status);
    if (heard.status === 503) {
      assertUnavailable(heard);
      await sleep(PAUSE_MS);
      continue;
    }
    const wasRecorded = heard.status === 409 || heard.header('idempotent-replayed') === 'true';
    if (wasRecorded) {
      assert.ok(attempts > 1, `${name}: recorded before it was sent: ${heard.text}`);
      tally.foundRecorded += 1;
    }
    if (heard.status !== 409 || hasKey) assert.equal(heard.status, accepted, `${name}: ${heard.text}`);
    return heard;
  }
}
