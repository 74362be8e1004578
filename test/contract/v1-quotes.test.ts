// POST /v1/quotes: the installment and the whole schedule of a loan that is not issued: the worked figures, sums that
// come out to the cent, due dates at the ends of months, and the same refusals as for a loan.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  installmentExactly,
  principalLeft,
  readCents,
  readRatio,
  roundDown,
  writeCents,
} from '../oracle/annuity.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf } from '../support/v1-assertions.ts';
import { contractLoan, type Members, type V1Answer, type V1Client, v1Client } from '../support/v1-client.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;

  before(async () => {
    service = await startService({ engine });
    client = v1Client(service.url);
  });
  after(async () => {
    await service?.stop();
  });

  type Row = {
    readonly number: number;
    readonly due_on: string;
    readonly installment: string;
    readonly principal: string;
    readonly interest: string;
    readonly outstanding: string;
    readonly principal_outstanding: string;
  };

  function quote(members: Members = {}): Promise<V1Answer> {
    return client.post('/v1/quotes', { ...contractLoan, ...members });
  }

  async function scheduleOf(members: Members): Promise<readonly Row[]> {
    const answer = await quote(members);
    assert.equal(answer.status, 200, answer.text);
    return objectOf(answer)['schedule'] as Row[];
  }

  /** Cents of a text that may have a sign. */
  function cents(text: string): bigint {
    return text.startsWith('-') ? -readCents(text.slice(1)) : readCents(text);
  }

  function sumOf(rows: readonly Row[], member: 'installment' | 'principal' | 'interest'): bigint {
    return rows.reduce((sum, row) => sum + cents(row[member]), 0n);
  }

  describe('a quote', () => {
    test('of 1000.00 at 5 % over a year has the figures of the worked example', async () => {
      const answer = await quote();
      assertMembers(answer, 200, {
        amount: '1000.00',
        currency: 'USD',
        term: 12,
        rate: '0.05',
        date: '2017-08-05',
        installment: '85.60',
        total: '1027.20',
        interest: '27.20',
      });
      const schedule = objectOf(answer)['schedule'] as Row[];
      assert.equal(schedule.length, 12);
      assert.deepEqual(schedule[0], {
        number: 1,
        due_on: '2017-09-05',
        installment: '85.60',
        principal: '81.44',
        interest: '4.16',
        outstanding: '941.60',
        principal_outstanding: '918.56',
      });
      const last = schedule[11] ?? assert.fail();
      assert.equal(last.number, 12);
      assert.equal(last.due_on, '2018-08-05');
      assert.equal(last.outstanding, '0.00');
      assert.equal(last.principal_outstanding, '0.00');
    });

    test('takes numbers where they are exact, and answers decimal texts', async () => {
      const raw = '{"amount":123456789012.34,"term":12,"rate":5e-2,"date":"2017-08-05"}';
      const answer = await client.post('/v1/quotes', undefined, { raw });
      assertMembers(answer, 200, { amount: '123456789012.34', rate: '0.05', installment: '10568824817.03' });
    });

    test('issues nothing', async () => {
      const before = objectOf(await client.outstanding('2017-08-05'));
      await quote();
      assert.deepEqual(objectOf(await client.outstanding('2017-08-05')), before);
    });

    test('is of the loan that is then issued', async () => {
      const terms = { amount: '2500.00', term: 36, rate: '0.1427', date: '2011-12-31' };
      const quoted = objectOf(await quote(terms));
      const { amount, term, rate, date, installment, total } = quoted;
      assertMembers(await client.issue(terms), 201, { amount, term, rate, date, installment, total });
    });
  });

  describe('the schedule', () => {
    const loans: readonly { amount: string; term: number; rate: string }[] = [
      { amount: '1000.00', term: 12, rate: '0.05' },
      { amount: '123456789012.34', term: 60, rate: '0.1527' },
      { amount: '100.00', term: 3, rate: '0' },
      { amount: '0.01', term: 1, rate: '0.05' },
      { amount: '5000.00', term: 360, rate: '0.0000000001' },
      { amount: '5000.00', term: 24, rate: '100' },
      { amount: '1000000.00', term: 1200, rate: '0.0333333333' },
    ];
    for (const terms of loans) {
      test(`comes out to the cent: ${JSON.stringify(terms)}`, async () => {
        const rows = await scheduleOf(terms);
        const { term } = terms;
        const amountCents = readCents(terms.amount);
        const rate = readRatio(terms.rate);
        const installmentCents = roundDown(installmentExactly(amountCents, rate, term));
        assert.equal(rows.length, term);
        for (const [index, row] of rows.entries()) {
          const k = index + 1;
          const before = principalLeft(amountCents, rate, term, k - 1);
          const after = principalLeft(amountCents, rate, term, k);
          assert.equal(row.number, k);
          assert.equal(row.installment, writeCents(installmentCents));
          assert.equal(row.principal, writeCents(before - after));
          assert.equal(row.interest, writeCents(installmentCents - (before - after)));
          assert.equal(row.outstanding, writeCents(installmentCents * BigInt(term - k)));
          assert.equal(row.principal_outstanding, writeCents(after));
        }
        assert.equal(sumOf(rows, 'principal'), amountCents);
        assert.equal(sumOf(rows, 'installment'), installmentCents * BigInt(term));
        assert.equal(sumOf(rows, 'interest'), installmentCents * BigInt(term) - amountCents);
      });
    }

    test('at rate 0 may have interest below zero, which takes up the rounding', async () => {
      const rows = await scheduleOf({ amount: '100.00', term: 3, rate: 0 });
      assert.deepEqual(
        rows.map((row) => [row.installment, row.principal, row.interest, row.outstanding]),
        [
          ['33.33', '33.33', '0.00', '66.66'],
          ['33.33', '33.34', '-0.01', '33.33'],
          ['33.33', '33.33', '0.00', '0.00'],
        ],
      );
      assertMembers(await quote({ amount: '100.00', term: 3, rate: 0 }), 200, {
        total: '99.99',
        interest: '-0.01',
      });
    });

    test('counts due dates from the date of the loan, never from the due date before', async () => {
      const rows = await scheduleOf({ date: '2023-01-31', term: 14 });
      assert.deepEqual(
        rows.map((row) => row.due_on),
        [
          ...[
            '2023-02-28',
            '2023-03-31',
            '2023-04-30',
            '2023-05-31',
            '2023-06-30',
            '2023-07-31',
            '2023-08-31',
          ],
          ...[
            '2023-09-30',
            '2023-10-31',
            '2023-11-30',
            '2023-12-31',
            '2024-01-31',
            '2024-02-29',
            '2024-03-31',
          ],
        ],
      );
    });
  });

  describe('a quote that is refused', () => {
    test('has every field named that stands against it', async () => {
      const members = { amount: '0.001', term: 0, rate: '-1', currency: 'EUR' };
      const pointers = ['/amount', '/term', '/rate', '/currency'];
      assertProblem(await quote(members), 422, 'terms-refused', pointers);
      assertProblem(await quote({ amount: '0.01' }), 422, 'terms-refused', ['/amount']);
      assertProblem(await quote({ term: 1201 }), 422, 'terms-refused', ['/term']);
    });

    test('has every member named that is not of its form', async () => {
      assertProblem(await client.post('/v1/quotes', {}), 400, 'invalid-request', [
        ...['/amount', '/term', '/rate', '/date'],
      ]);
      const body = { amount: 'x', term: '12', rate: null, date: 5, reference: 'x' };
      const pointers = ['/amount', '/term', '/rate', '/date', '/reference'];
      assertProblem(await client.post('/v1/quotes', body), 400, 'invalid-request', pointers);
    });
  });
});
