// GET /v1/book/outstanding and /v1/book/arrears: the whole book as of any date. An empty book, the worked example of
// DOMAIN.md section 7, and a book of many loans that must equal the oracle's loan-by-loan computation on every date.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { installmentExactly, readCents, readRatio, roundDown } from '../oracle/annuity.ts';
import { bookAsOf, type OracleLoan } from '../oracle/book.ts';
import { dayNumber, readDay } from '../oracle/calendar.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf, plainDate, textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

type Sums = { readonly value: string; readonly principal: string; readonly volume: number };
type Bucket = Sums & { readonly days_from: number; readonly days_to: number | null };

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

  const nothing: Sums = { value: '0.00', principal: '0.00', volume: 0 };

  /** The loans that this file has issued, as the oracle knows them, with the dates of their made payments. */
  const issued: { readonly id: string; readonly loan: OracleLoan; readonly madeOn: number[] }[] = [];

  /** Issues a loan, tells the oracle, and makes payments on the given dates, in this order. */
  async function issue(
    terms: { amount: string; term: number; rate: string; date: string },
    ...madeOn: readonly string[]
  ): Promise<string> {
    const { id } = await client.loan(terms);
    const amountCents = readCents(terms.amount);
    const rate = readRatio(terms.rate);
    const days: number[] = [];
    const loan: OracleLoan = {
      reference: id,
      amountCents,
      term: terms.term,
      rate,
      date: readDay(terms.date),
      installmentCents: roundDown(installmentExactly(amountCents, rate, terms.term)),
      madeOn: days,
    };
    issued.push({ id, loan, madeOn: days });
    await pay(id, ...madeOn);
    return id;
  }

  async function pay(id: string, ...dates: readonly string[]): Promise<void> {
    await client.paid(id, ...dates);
    const found = issued.find((loan) => loan.id === id) ?? assert.fail();
    for (const date of dates) found.madeOn.push(dayNumberOf(date));
  }

  function dayNumberOf(date: string): number {
    return Date.parse(`${date}T00:00Z`) / 86_400_000 + epochDay;
  }

  // The oracle counts days from a day of its own.
  const epochDay = dayNumber(readDay('1970-01-01'));

  /** Both answers for a date against the oracle, and the sums that must hold whatever the book is. */
  async function assertBookIsTheOracles(
    asOf: string,
    bounds: readonly number[] = [30, 60, 90],
  ): Promise<void> {
    const expected = bookAsOf(
      issued.map(({ loan }) => loan),
      asOf,
      bounds,
    );
    const heading = { as_of: asOf, currency: 'USD' };
    assertMembers(await client.outstanding(asOf), 200, { ...heading, ...expected.total }, asOf);
    const answer = await client.arrears(asOf, bounds.join(','));
    const { total, buckets, par } = expected;
    assertMembers(answer, 200, { ...heading, total, buckets, par }, `${asOf} ${bounds}`);
    assertBucketsAddUp(objectOf(answer) as { total: Sums; buckets: Bucket[] });
  }

  function assertBucketsAddUp({ total, buckets }: { total: Sums; buckets: readonly Bucket[] }): void {
    const cents = (member: 'value' | 'principal') =>
      buckets.reduce((sum, bucket) => sum + readCents(bucket[member]), 0n);
    assert.equal(cents('value'), readCents(total.value));
    assert.equal(cents('principal'), readCents(total.principal));
    assert.equal(
      buckets.reduce((sum, bucket) => sum + bucket.volume, 0),
      total.volume,
    );
  }

  describe('an empty book', () => {
    test('has nothing outstanding', async () => {
      for (const asOf of ['0001-01-01', '2017-12-31', '9999-12-31']) {
        const answer = await client.outstanding(asOf);
        assertMembers(answer, 200, { as_of: asOf, currency: 'USD', ...nothing });
        assert.match(textOf(answer, 'known_at'), plainDate);
      }
    });

    test('has its buckets, all empty, and no portfolio at risk, for want of a portfolio', async () => {
      assertMembers(await client.arrears('2017-12-31'), 200, {
        as_of: '2017-12-31',
        currency: 'USD',
        total: nothing,
        buckets: [
          { days_from: 0, days_to: 0, ...nothing },
          { days_from: 1, days_to: 30, ...nothing },
          { days_from: 31, days_to: 60, ...nothing },
          { days_from: 61, days_to: 90, ...nothing },
          { days_from: 91, days_to: null, ...nothing },
        ],
        par: [30, 60, 90].map((days) => ({ days, principal: '0.00', of: '0.00', ratio: null })),
      });
    });

    test('is asked about today, as known today, unless a date is given', async () => {
      for (const answer of [await client.outstanding(), await client.arrears()]) {
        assert.match(textOf(answer, 'as_of'), plainDate);
        assert.equal(textOf(answer, 'as_of'), textOf(answer, 'known_at'));
      }
    });
  });

  describe('the buckets', () => {
    test('are bounded as the question says', async () => {
      const bounds: Readonly<Record<string, readonly [number, number | null][]>> = {
        '30,60,90': [
          [0, 0],
          [1, 30],
          [31, 60],
          [61, 90],
          [91, null],
        ],
        '1': [
          [0, 0],
          [1, 1],
          [2, null],
        ],
        '7,365,100000': [
          [0, 0],
          [1, 7],
          [8, 365],
          [366, 100_000],
          [100_001, null],
        ],
      };
      for (const [buckets, edges] of Object.entries(bounds)) {
        const expected = edges.map(([from, to]) => ({ days_from: from, days_to: to, ...nothing }));
        const par = buckets.split(',').map((days) => ({ days: Number(days), ratio: null }));
        assertMembers(await client.arrears('2017-12-31', buckets), 200, { buckets: expected, par }, buckets);
      }
    });

    test('may have 20 bounds and no more', async () => {
      const bounds = Array.from({ length: 21 }, (_, index) => index + 1);
      const answer = await client.arrears('2017-12-31', bounds.slice(0, 20).join(','));
      assert.equal((objectOf(answer)['buckets'] as unknown[]).length, 22);
      assertProblem(await client.arrears('2017-12-31', bounds.join(',')), 400, 'invalid-request', [
        'buckets',
      ]);
    });

    test('are refused where their bounds are no ascending numbers of days', async () => {
      const notAscending = ['30,30', '60,30', '30,60,60', '90,60,30', '1,3,2'];
      const notNumbers = [
        '',
        ',',
        '30,',
        ',30',
        '30,,60',
        'a',
        '30,b',
        '1e2',
        '30.5',
        '0x1e',
        '30;60',
        '30 60',
      ];
      const notDays = ['0', '0,30', '-30', '-30,30', '100001', '999999999999999999999', '9'.repeat(5000)];
      for (const buckets of [...notAscending, ...notNumbers, ...notDays, 'null', '[30,60]', '30,\u0000']) {
        const answer = await client.arrears('2017-12-31', buckets);
        assertProblem(answer, 400, 'invalid-request', ['buckets'], JSON.stringify(buckets.slice(0, 40)));
      }
    });

    test('are given once', async () => {
      const answer = await client.get('/v1/book/arrears?buckets=30&buckets=60');
      assertProblem(answer, 400, 'invalid-request', ['buckets']);
    });
  });

  describe('a question about the book', () => {
    test('is refused for a date that is none and for parameters that are not known', async () => {
      for (const resource of ['outstanding', 'arrears']) {
        for (const asOf of [
          '',
          'today',
          '2017-02-29',
          '2017-13-01',
          '05/08/2017',
          '2017-08',
          '99999-01-01',
        ]) {
          const answer = await client.get(`/v1/book/${resource}?as_of=${asOf}`);
          assertProblem(answer, 400, 'invalid-request', ['as_of'], asOf);
        }
        const unknown = await client.get(`/v1/book/${resource}?as_of=2017-08-05&date=2017-08-05&x`);
        assertProblem(unknown, 400, 'invalid-request', ['date', 'x']);
      }
      const both = await client.get('/v1/book/arrears?as_of=never&buckets=none');
      assertProblem(both, 400, 'invalid-request', ['as_of', 'buckets']);
    });
  });

  describe('the book of the worked example', () => {
    let id: string;

    test('has one loan, from its date on', async () => {
      id = await issue({ amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' });
      assertMembers(await client.outstanding('2017-08-04'), 200, nothing);
      const loan = { value: '1027.20', principal: '1000.00', volume: 1 };
      assertMembers(await client.outstanding('2017-08-05'), 200, loan);
      assertMembers(await client.outstanding('9999-12-31'), 200, loan);
    });

    test('takes a backdated payment in: less in September, the same in October and November, later due dates', async () => {
      await pay(id, '2017-10-05', '2017-11-05');
      const days = ['2017-09-30', '2017-10-31', '2017-11-30'];
      const values = async () => {
        const answers = await Promise.all(days.map((day) => client.outstanding(day)));
        return answers.map((answer) => textOf(answer, 'value'));
      };
      const inArrears = async () => {
        const answers = await Promise.all(days.map((day) => client.arrears(day)));
        return answers.map((answer) =>
          (objectOf(answer)['buckets'] as Bucket[]).map((bucket) => bucket.volume),
        );
      };
      assert.deepEqual(await values(), ['1027.20', '941.60', '856.00']);
      const oneToThirty = [0, 1, 0, 0, 0];
      assert.deepEqual(await inArrears(), [oneToThirty, oneToThirty, oneToThirty]);
      await pay(id, '2017-09-05');
      assert.deepEqual(await values(), ['941.60', '856.00', '770.40']);
      const current = [1, 0, 0, 0, 0];
      assert.deepEqual(await inArrears(), [current, current, current]);
    });

    test('moves from bucket to bucket by the day, with its whole principal at risk', async () => {
      // Its fourth installment fell due on 2017-12-05.
      const byDay: Readonly<Record<string, readonly number[]>> = {
        '2017-12-05': [1, 0, 0, 0, 0],
        '2017-12-06': [0, 1, 0, 0, 0],
        '2018-01-04': [0, 1, 0, 0, 0],
        '2018-01-05': [0, 0, 1, 0, 0],
        '2018-02-03': [0, 0, 1, 0, 0],
        '2018-02-04': [0, 0, 0, 1, 0],
        '2018-03-05': [0, 0, 0, 1, 0],
        '2018-03-06': [0, 0, 0, 0, 1],
      };
      const principal = textOf(await client.balance(id, '2017-12-05'), 'principal');
      for (const [asOf, volumes] of Object.entries(byDay)) {
        const answer = objectOf(await client.arrears(asOf)) as { buckets: Bucket[]; par: unknown[] };
        assert.deepEqual(
          answer.buckets.map((bucket) => bucket.volume),
          volumes,
          asOf,
        );
        const bucket = volumes.indexOf(1);
        const par = [30, 60, 90].map((days, index) => {
          const atRisk = bucket > index + 1;
          const ratio = atRisk ? '1.000000' : '0.000000';
          return { days, principal: atRisk ? principal : '0.00', of: principal, ratio };
        });
        assert.deepEqual(answer.par, par, asOf);
      }
    });
  });

  describe('the book of many loans', () => {
    test('equals the sum of the loans on every date, by whatever buckets', async () => {
      await issue(
        { amount: '500.00', term: 2, rate: '0.1', date: '2017-01-31' },
        ...['2017-02-28', '2017-03-31'],
      );
      await issue({ amount: '100.00', term: 3, rate: '0', date: '2017-01-31' }, '2017-04-30', '2017-03-01');
      await issue({ amount: '9999999999999.99', term: 1, rate: '0', date: '2017-02-28' });
      await issue({ amount: '9999999999999.99', term: 1, rate: '0', date: '2017-02-28' }, '2017-06-30');
      await issue({ amount: '0.01', term: 1, rate: '0.05', date: '2017-03-15' });
      await issue(
        { amount: '25000.00', term: 60, rate: '0.1527', date: '2016-02-29' },
        ...['2017-05-29', '2016-03-29', '2016-12-01', '2017-01-01', '2016-08-31'],
      );
      await issue(
        { amount: '3500.00', term: 6, rate: '0.0729', date: '2016-12-31' },
        ...['2017-06-30', '2017-01-31', '2017-02-28', '2017-03-31', '2017-04-30', '2017-05-31'],
      );
      await issue(
        { amount: '777.77', term: 9, rate: '0.24', date: '2017-10-10' },
        '2017-10-10',
        '2017-12-10',
      );

      const bounds = [[30, 60, 90], [1], [15, 16, 17, 400], [100_000]];
      const days = ['2016-02-28', '2016-02-29', '2016-12-31', '2017-12-31', '2018-06-30', '2999-12-31'];
      for (let month = 1; month <= 12; month += 1) {
        const name = `2017-${String(month).padStart(2, '0')}`;
        const lastDay = new Date(Date.UTC(2017, month, 0)).toISOString().slice(0, 10);
        days.push(`${name}-01`, `${name}-06`, `${name}-15`, lastDay);
      }
      for (const [index, asOf] of days.entries()) {
        await assertBookIsTheOracles(asOf, bounds[index % bounds.length]);
      }
    });

    test('shows the loans of a past date that have been paid off since', async () => {
      const before = objectOf(await client.outstanding('2017-02-15'))['volume'];
      await issue({ amount: '60.00', term: 1, rate: '0', date: '2017-02-01' }, '2017-02-20');
      assert.equal(objectOf(await client.outstanding('2017-02-15'))['volume'], Number(before) + 1);
      await assertBookIsTheOracles('2017-02-15');
      await assertBookIsTheOracles('2017-02-20');
    });

    test('adds up beyond 2^53 cents exactly', async () => {
      for (let count = 0; count < 12; count += 1) {
        await issue({ amount: '9999999999999.99', term: 1, rate: '0', date: '2010-01-01' });
      }
      assertMembers(await client.outstanding('2010-01-01'), 200, {
        value: '119999999999999.88',
        principal: '119999999999999.88',
        volume: 12,
      });
      await assertBookIsTheOracles('2010-03-15');
      await assertBookIsTheOracles('2018-03-15');
    });

    test('has ratios rounded half up to six places', async () => {
      // 0.05 of 100,000.00 is a half of a millionth; 0.04 is less.
      await issue({ amount: '0.05', term: 1, rate: '0', date: '1990-01-01' });
      await issue({ amount: '99999.95', term: 12, rate: '0', date: '1990-03-01' });
      const atRisk = { days: 30, principal: '0.05', of: '100000.00', ratio: '0.000001' };
      assertMembers(await client.arrears('1990-03-15', '30'), 200, { par: [atRisk] });
      await issue({ amount: '0.04', term: 1, rate: '0', date: '1980-01-01' });
      await issue({ amount: '99999.96', term: 12, rate: '0', date: '1980-03-01' });
      const less = { days: 30, principal: '0.04', of: '100000.00', ratio: '0.000000' };
      assertMembers(await client.arrears('1980-03-15', '30'), 200, { par: [less] });
    });
  });
});
