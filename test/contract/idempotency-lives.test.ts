// How long an Idempotency-Key lives: through the death of the process right after its answer, beside a second process
// on the same file, and for 30 days by the service's own clock.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clockedService } from '../support/clocked-service.ts';
import { onEachEngine } from '../support/engines.ts';
import {
  assertFirst,
  assertReplay,
  freshKey,
  type KeyedAnswer,
  sendKeyed,
  writings,
} from '../support/keyed-requests.ts';
import { startService } from '../support/service.ts';
import { v1Client } from '../support/v1-client.ts';

const dayMs = 86_400_000;

onEachEngine((engine) => {
  describe('an answer under a key', () => {
    test('is given again by a process that was started after the first one was killed', async () => {
      const first = await startService({ engine });
      try {
        const client = v1Client(first.url);
        const sent = [];
        for (const kind of writings) {
          sent.push({ kind, writing: await kind.prepare(client), key: freshKey() });
        }
        const answers = await Promise.all(sent.map(({ writing, key }) => sendKeyed(first.url, writing, key)));
        await first.kill();
        await using second = await startService({ databaseUrl: first.databaseUrl });
        for (const [index, { kind, writing, key }] of sent.entries()) {
          const answer = assertFirst(answers[index] as KeyedAnswer, kind.accepted);
          assertReplay(await sendKeyed(second.url, writing, key), answer, kind.name);
        }
        const after = v1Client(second.url);
        for (const { writing } of sent) {
          const loan = /loans\/([0-9a-f-]{36})/.exec(writing.path)?.[1];
          if (loan === undefined) continue;
          const history = await after.get(`/v1/loans/${loan}/history`);
          assert.equal((history.json as { data: unknown[] }).data.length, 2, history.text);
        }
      } finally {
        await first.stop();
      }
    });

    test('is one for thirty requests thrown at two processes at once', async () => {
      await using one = await startService({ engine });
      await using two = await startService({ databaseUrl: one.databaseUrl });
      const client = v1Client(one.url);
      for (const kind of writings) {
        const writing = await kind.prepare(client);
        const key = freshKey();
        const answers = await Promise.all(
          Array.from({ length: 30 }, (_, index) =>
            sendKeyed((index % 2 === 0 ? one : two).url, writing, key),
          ),
        );
        const firsts = answers.filter(({ replayed }) => replayed === null);
        assert.equal(firsts.length, 1, kind.name);
        const first = assertFirst(firsts[0] as KeyedAnswer, kind.accepted);
        for (const answer of answers) {
          if (answer !== first) assertReplay(answer, first, kind.name);
        }
        assert.equal(await writing.booked(), 1, kind.name);
      }
    });

    test('is kept for 30 days; after them the request is a new one', async () => {
      await using service = await clockedService({ engine, at: Date.UTC(2026, 0, 31, 23, 30) });
      const { url, clock } = service;
      const client = v1Client(url);
      const start = clock.at;
      for (const kind of writings) {
        clock.at = start;
        const writing = await kind.prepare(client);
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, writing, key), kind.accepted);
        for (const days of [1, 29, 30]) {
          clock.at = start + days * dayMs;
          // Other keys come and go meanwhile, and with each the expired ones.
          const other = { path: '/loans', body: '{"amount":1,"term":1,"rate":1,"date":"2026-01-01"}' };
          assertFirst(await sendKeyed(url, other, freshKey()), 200);
          assertReplay(await sendKeyed(url, writing, key), first, `${kind.name} on day ${days}`);
        }
        assert.equal(await writing.booked(), 1);
        clock.at = start + 31 * dayMs;
        const later = await sendKeyed(url, writing, key);
        assert.equal(later.replayed, null, kind.name);
        if (kind.name.endsWith('loans')) {
          assertFirst(later, kind.accepted);
          assert.notEqual(later.text, first.text);
          assert.equal(await writing.booked(), 2);
        } else {
          assertFirst(later, 409, kind.name);
          assert.equal(await writing.booked(), 1);
        }
        const now = await sendKeyed(url, writing, key);
        if (kind.name === 'POST /v1/loans' || later.status === 409) assertReplay(now, later, kind.name);
      }
    });
  });
});
