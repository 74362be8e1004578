// known_at on every question: what was known on a date that has passed is answered the same for ever, whatever is
// booked later. The service runs on a clock of the test's, which crosses midnights and even goes backwards.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clockedService } from '../support/clocked-service.ts';
import { onEachEngine } from '../support/engines.ts';
import { assertMembers, assertProblem } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, listed, paymentOf, reverseLoan, reversePayment } from '../support/v1-steps.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Ten in the morning UTC of a day of March 2026. */
function march(day: number, hour = 10): number {
  return Date.UTC(2026, 2, day, hour);
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

const ofTheBook = [
  'outstanding?as_of=2025-12-31',
  'outstanding?as_of=2026-12-31',
  'arrears?as_of=2026-03-31',
  'outstanding/series?from=2025-11-01&to=2026-06-30&step=week',
  'arrears/series?from=2025-11-01&to=2026-06-30&step=month&buckets=10,45',
  'movements?from=2025-12-01&to=2026-12-31',
];

/** Every question about the book and about these loans, as known at a date; its answers by address. */
async function everything(
  client: V1Client,
  knownAt: string,
  loans: readonly string[],
): Promise<Map<string, unknown>> {
  const paths = [
    ...ofTheBook.map((question) => `/v1/book/${question}`),
    ...loans.flatMap((id) =>
      ['2025-12-31', '2026-12-31'].map((asOf) => `/v1/loans/${id}/balance?as_of=${asOf}`),
    ),
  ];
  const answers = new Map<string, unknown>();
  for (const path of paths) {
    const answer = await client.get(`${path}&known_at=${knownAt}`);
    const { request_id: _, ...members } = answer.json as Record<string, unknown>;
    answers.set(path, { status: answer.status, members });
  }
  return answers;
}

function withoutProvisional(answers: Map<string, unknown>): unknown {
  return JSON.parse(JSON.stringify([...answers]), (name, value) =>
    name === 'provisional' ? undefined : value,
  );
}

const loan = { amount: '1000.00', term: 12, rate: '0.05', date: '2025-11-05' } as const;

onEachEngine((engine) => {
  describe('known_at', () => {
    test('is echoed beside as_of; today is provisional, a day that has passed is not', async () => {
      await using service = await clockedService({ engine, at: march(10) });
      const client = v1Client(service.url);
      const { id } = await client.loan(loan);
      service.clock.at = march(12);
      const questions = [
        ...ofTheBook.map((question) => `/v1/book/${question}`),
        `/v1/loans/${id}/balance?as_of=2026-01-01`,
      ];
      for (const path of questions) {
        assertMembers(await client.get(path), 200, { known_at: '2026-03-12', provisional: true }, path);
        for (const [knownAt, provisional] of [
          ['2026-03-12', true],
          ['2026-03-11', false],
          ['2026-03-10', false],
        ] as const) {
          const answer = await client.get(`${path}&known_at=${knownAt}`);
          assertMembers(answer, 200, { known_at: knownAt, provisional }, path);
          const asOf = /as_of=([\d-]+)/.exec(path)?.[1];
          if (asOf !== undefined) assertMembers(answer, 200, { as_of: asOf }, path);
        }
        const written = await client.get(`${path}&known_at=2026-03-11T23:59:59-11:00`);
        assertMembers(written, 200, { known_at: '2026-03-11', provisional: false }, path);
      }
    });

    test('without an as_of is of today', async () => {
      await using service = await clockedService({ engine, at: march(10) });
      const client = v1Client(service.url);
      const both = { as_of: '2026-03-10', known_at: '2026-03-09', provisional: false };
      assertMembers(await client.get('/v1/book/outstanding?known_at=2026-03-09'), 200, both);
    });

    test('in the future is refused, while as_of may lie there', async () => {
      await using service = await clockedService({ engine, at: march(10, 23) });
      const client = v1Client(service.url);
      const { id } = await client.loan(loan);
      const questions = [
        ...ofTheBook.map((question) => `/v1/book/${question}`),
        `/v1/loans/${id}/balance?as_of=2026-01-01`,
      ];
      for (const path of questions) {
        for (const knownAt of ['2026-03-11', '9999-12-31']) {
          const answer = await client.get(`${path}&known_at=${knownAt}`);
          assertProblem(answer, 422, 'known-at-in-future', ['known_at'], path);
        }
        assertProblem(
          await client.get(`${path}&known_at=2026-02-29`),
          400,
          'invalid-request',
          ['known_at'],
          path,
        );
      }
      assertMembers(await client.outstanding('9999-12-31'), 200, { value: '1027.20', volume: 1 });
      const balance = await client.get(`/v1/loans/${id}/balance?as_of=2999-01-01&known_at=2026-03-10`);
      assertMembers(balance, 200, { as_of: '2999-01-01', value: '1027.20', next_due_on: '2025-12-05' });
    });

    test('before a loan was recorded knows no such loan, and its book holds nothing of it', async () => {
      await using service = await clockedService({ engine, at: march(10) });
      const client = v1Client(service.url);
      const { id } = await client.loan(loan);
      service.clock.at = march(11);
      const balance = `/v1/loans/${id}/balance?as_of=2026-03-11`;
      assertProblem(await client.get(`${balance}&known_at=2026-03-09`), 404, 'loan-not-found');
      assertMembers(await client.get(`${balance}&known_at=2026-03-10`), 200, { value: '1027.20' });
      const before = await client.get('/v1/book/outstanding?as_of=2026-03-11&known_at=2026-03-09');
      assertMembers(before, 200, { value: '0.00', principal: '0.00', volume: 0 });
      const early = await client.get(`/v1/loans/${id}/balance?as_of=2025-11-04&known_at=2026-03-10`);
      assertProblem(early, 422, 'before-loan', ['as_of']);
    });

    test('shows a payment from the day it was recorded to the day before it was reversed', async () => {
      await using service = await clockedService({ engine, at: march(10) });
      const client = v1Client(service.url);
      const { id } = await client.loan(loan);
      service.clock.at = march(12);
      const payment = await paymentOf(client, id, '2025-12-05');
      service.clock.at = march(14);
      await reversePayment(client, payment);
      service.clock.at = march(16);
      await client.paid(id, '2025-12-20');
      service.clock.at = march(18);
      const values = [];
      for (const day of [10, 11, 12, 13, 14, 15, 16, 17, 18]) {
        const query = `as_of=2025-12-31&known_at=2026-03-${day}`;
        const one = await answered(client.get(`/v1/loans/${id}/balance?${query}`));
        const all = await answered(client.get(`/v1/book/outstanding?${query}`));
        assert.deepEqual([all['value'], all['principal']], [one['value'], one['principal']]);
        values.push(one['value']);
      }
      const [open, paid] = ['1027.20', '941.60'];
      assert.deepEqual(values, [open, open, paid, paid, open, open, paid, paid, paid]);
    });

    test('shows a reversed loan as it was until it was reversed', async () => {
      await using service = await clockedService({ engine, at: march(10) });
      const client = v1Client(service.url);
      const { id } = await client.loan(loan);
      const payment = await paymentOf(client, id, '2025-12-05');
      service.clock.at = march(11);
      await reversePayment(client, payment);
      service.clock.at = march(12);
      await reverseLoan(client, id);
      service.clock.at = march(13);
      const known = (day: number) =>
        client.get(`/v1/loans/${id}/balance?as_of=2026-01-01&known_at=2026-03-${day}`);
      assertMembers(await known(10), 200, { value: '941.60', status: 'active', payments_made: 1 });
      assertMembers(await known(11), 200, { value: '1027.20', status: 'active', next_due_on: '2025-12-05' });
      assertMembers(await known(12), 200, { value: '0.00', status: 'reversed', next_due_on: null });
      for (const [day, volume] of [
        [10, 1],
        [11, 1],
        [12, 0],
      ] as const) {
        const book = await client.get(`/v1/book/outstanding?as_of=2026-01-01&known_at=2026-03-${day}`);
        assertMembers(book, 200, { volume });
      }
    });
  });

  describe('the answer for a known-at date that has passed', () => {
    test('is that of its last evening and never changes again, whatever is booked on later days', async () => {
      await using service = await clockedService({ engine, at: march(1) });
      const client = v1Client(service.url);
      const first = await client.loan({ ...loan, reference: 'first' });
      const second = await client.loan({ ...loan, amount: '2500.00', term: 24, date: '2025-10-31' });
      const loans = [first.id, second.id];
      const days: (() => Promise<unknown>)[] = [
        async () => client.paid(first.id, '2026-01-05', '2026-02-05'),
        // Backdated before what is there, and a loan of the past.
        async () => client.paid(first.id, '2025-12-05'),
        async () => loans.push((await client.loan({ ...loan, amount: '300.00', term: 3 })).id),
        async () => client.paid(loans[2] as string, '2025-12-05', '2026-01-05', '2026-02-05'),
        async () => {
          const [latest] = await listed(client, `/v1/loans/${first.id}/payments`);
          await reversePayment(client, String(latest?.['id']));
        },
        async () => reverseLoan(client, second.id),
        async () => {
          const missed = await paymentOf(client, first.id, '2026-03-05', { payment: 'missed' });
          await client.pay(first.id, '2026-03-06', { replaces: missed });
        },
        async () => {
          const last = (await listed(client, `/v1/loans/${loans[2]}/payments`)).at(-1);
          await reversePayment(client, String(last?.['id']));
        },
      ];
      const known: { date: string; loans: string[]; evening: unknown; fixed: Map<string, unknown> }[] = [];
      for (const [index, book] of days.entries()) {
        service.clock.at = march(index + 1);
        await book();
        const date = dateOf(service.clock.at);
        const evening = withoutProvisional(await everything(client, date, loans));
        service.clock.at = march(index + 2, 0);
        const fixed = await everything(client, date, loans);
        assert.deepEqual(withoutProvisional(fixed), evening, date);
        known.push({ date, loans: [...loans], evening, fixed });
        for (const earlier of known) {
          assert.deepEqual(
            await everything(client, earlier.date, earlier.loans),
            earlier.fixed,
            earlier.date,
          );
        }
      }
      assert.equal(
        new Set(known.map(({ evening }) => JSON.stringify(evening).replace(/2026-03-0\d/g, ''))).size > 5,
        true,
      );
    });

    test('is final at once while writers cross midnight', async () => {
      await using service = await clockedService({ engine, at: march(11, 0) - 2000 });
      const { clock } = service;
      const client = v1Client(service.url);
      const passed = '2026-03-10';
      const told: string[] = [];
      const ids: string[] = [];
      let writing = true;
      const writer = async (): Promise<void> => {
        while (writing) ids.push((await client.loan(loan)).id);
      };
      const asker = async (): Promise<void> => {
        while (writing) {
          const answer = await client.get(`/v1/book/outstanding?as_of=2026-12-31&known_at=${passed}`);
          const { provisional, value, volume } = await answered(Promise.resolve(answer));
          if (provisional === false) told.push(`${value} ${volume}`);
        }
      };
      const ticking = (async () => {
        while (told.length < 30) {
          await new Promise((resolve) => setTimeout(resolve, 4));
          if (ids.length > 10) clock.at += 100;
        }
        writing = false;
      })();
      await Promise.all([ticking, ...Array.from({ length: 8 }, writer), asker(), asker(), asker()]);

      const last = await answered(client.get(`/v1/book/outstanding?as_of=2026-12-31&known_at=${passed}`));
      assert.deepEqual([...new Set(told)], [`${last['value']} ${last['volume']}`]);
      const onThatDay = [];
      for (const id of ids) {
        const [issue] = await listed(client, `/v1/loans/${id}/history`);
        if (issue?.['recorded_on'] === passed) onThatDay.push(id);
      }
      assert.equal(onThatDay.length, last['volume']);
      assert.ok(
        onThatDay.length > 10 && onThatDay.length < ids.length,
        `${onThatDay.length} of ${ids.length}`,
      );
    });

    test('holds beside a second service on the database whose clock is still before midnight', async () => {
      const midnight = march(11, 0);
      await using early = await clockedService({ engine, at: midnight - minuteMs });
      await using late = await clockedService({ database: early.database, at: midnight + minuteMs });
      const [before, after] = [v1Client(early.url), v1Client(late.url)];
      const old = await before.loan(loan);
      const fixed = await everything(after, '2026-03-10', [old.id]);
      assertMembers(await after.get('/v1/book/outstanding?known_at=2026-03-10'), 200, {
        volume: 1,
        provisional: false,
      });

      await before.paid(old.id, '2025-12-05');
      const mistaken = await before.loan(loan);
      await reverseLoan(before, mistaken.id);
      assert.deepEqual(await everything(after, '2026-03-10', [old.id]), fixed);
      const history = await listed(before, `/v1/loans/${old.id}/history`);
      assert.deepEqual(
        history.map((entry) => entry['recorded_on']),
        ['2026-03-10', '2026-03-11'],
      );

      // The service before midnight may not have noticed; what it says then it must call provisional.
      const there = await everything(before, '2026-03-10', [old.id]);
      for (const [path, answer] of there) {
        const { members } = answer as { members: Record<string, unknown> };
        if (members['provisional'] !== true) assert.deepEqual(answer, fixed.get(path), path);
      }
      for (const service of [early, late]) service.clock.at = midnight + dayMs;
      for (const client of [before, after]) {
        assert.deepEqual(await everything(client, '2026-03-10', [old.id]), fixed);
      }
      const next = await everything(before, '2026-03-11', [old.id]);
      assert.deepEqual(await everything(after, '2026-03-11', [old.id]), next);
      assertMembers(await before.get('/v1/book/outstanding?as_of=2025-12-31&known_at=2026-03-11'), 200, {
        value: '941.60',
        volume: 1,
      });
    });

    test('holds where the clock goes backwards', async () => {
      await using service = await clockedService({ engine, at: march(12) });
      const { clock } = service;
      const client = v1Client(service.url);
      const { id } = await client.loan(loan);
      const eleventh = await everything(client, '2026-03-11', [id]);
      clock.at = march(13);
      const twelfth = await everything(client, '2026-03-12', [id]);

      clock.at = march(10);
      await client.paid(id, '2025-12-05');
      const late = await client.loan(loan);
      clock.at = march(14);
      assert.deepEqual(await everything(client, '2026-03-11', [id]), eleventh);
      assert.deepEqual(await everything(client, '2026-03-12', [id]), twelfth);
      for (const [loanId, index] of [
        [id, 1],
        [late.id, 0],
      ] as const) {
        const entry = (await listed(client, `/v1/loans/${loanId}/history`))[index];
        assert.equal(entry?.['recorded_on'], '2026-03-13');
      }
      assertMembers(await client.get(`/v1/loans/${id}/balance?as_of=2026-01-01&known_at=2026-03-13`), 200, {
        value: '941.60',
      });
    });
  });

  describe('the recorded date', () => {
    for (const [timeZone, atMidnight] of [
      ['Pacific/Auckland', Date.UTC(2026, 2, 9, 11)],
      ['America/New_York', Date.UTC(2026, 2, 10, 4)],
      ['Asia/Kathmandu', Date.UTC(2026, 2, 9, 18, 15)],
    ] as const) {
      test(`is the bank's in ${timeZone}`, async () => {
        await using service = await clockedService({ engine, timeZone, at: atMidnight - 1 });
        const client = v1Client(service.url);
        const before = await client.loan(loan);
        assertMembers(await client.outstanding(), 200, { as_of: '2026-03-09', known_at: '2026-03-09' });
        service.clock.at = atMidnight;
        const after = await client.loan(loan);
        assertMembers(await client.outstanding(), 200, { as_of: '2026-03-10', known_at: '2026-03-10' });
        const asKnown = await client.get('/v1/book/outstanding?known_at=2026-03-09');
        assertMembers(asKnown, 200, { volume: 1, provisional: false });
        for (const [issued, day] of [
          [before, '2026-03-09'],
          [after, '2026-03-10'],
        ] as const) {
          const [entry] = await listed(client, `/v1/loans/${issued.id}/history`);
          assert.equal(entry?.['recorded_on'], day);
          assert.equal(
            Date.parse(String(entry?.['recorded_at'])),
            day === '2026-03-09' ? atMidnight - 1 : atMidnight,
          );
        }
        const tomorrow = await client.get('/v1/book/outstanding?known_at=2026-03-11');
        assertProblem(tomorrow, 422, 'known-at-in-future', ['known_at']);
      });
    }
  });
});
