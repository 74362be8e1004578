// GET /v1/loans: filters alone and together, the order and the pages of each list, and that paging neither repeats nor
// hides a loan while others are issued and paid. GET /v1/loans/:id/payments pages likewise.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type ClockedService, clockedService } from '../support/clocked-service.ts';
import { onEachEngine } from '../support/engines.ts';
import { assertProblem } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { type Item, listed, pageOf, paymentOf, reverseLoan, reversePayment } from '../support/v1-steps.ts';

onEachEngine((engine) => {
  let service: ClockedService | undefined;
  let client: V1Client;

  type Parameters = Readonly<Record<string, string>>;
  type Listed = {
    readonly reference: string;
    readonly date: string;
    readonly status: string;
    /** Days past due on 2018-03-01; null unless the loan is active. */
    readonly days: number | null;
  };

  /** In the order in which they are recorded. */
  const loans: readonly Listed[] = [
    { reference: 'B', date: '2017-12-31', status: 'active', days: 29 },
    { reference: 'C', date: '2018-01-29', status: 'active', days: 1 },
    { reference: 'A', date: '2017-08-05', status: 'active', days: 177 },
    { reference: 'E', date: '2018-02-15', status: 'active', days: 0 },
    { reference: 'a', date: '2017-08-05', status: 'paid_off', days: null },
    { reference: 'D', date: '2018-02-01', status: 'active', days: 0 },
    { reference: 'G', date: '2017-12-31', status: 'reversed', days: null },
    { reference: 'H', date: '2017-10-31', status: 'active', days: 29 },
  ];
  const dueOn: Readonly<Record<string, string>> = {
    A: '2017-09-05',
    B: '2018-01-31',
    C: '2018-02-28',
    D: '2018-03-01',
    E: '2018-03-15',
    H: '2018-01-31',
  };

  before(async () => {
    service = await clockedService({ engine, at: Date.UTC(2018, 2, 1, 12) });
    client = v1Client(service.url);
    for (const { reference, date, status } of loans) {
      const { id } = await client.loan({ reference, date, ...(status === 'paid_off' ? { term: 1 } : {}) });
      if (status === 'paid_off') await client.paid(id, '2017-09-05');
      if (status === 'reversed') await reverseLoan(client, id);
      if (reference === 'H') await client.paid(id, '2017-11-30', '2017-12-31');
    }
  });
  after(async () => {
    await service?.close();
  });

  function references(items: readonly Item[]): unknown[] {
    return items.map((item) => item['reference']);
  }

  /** What a list must have, by a plain look at the loans. */
  function expected(parameters: Parameters): string[] {
    const { reference, status, date_from: from, date_to: to, days_past_due_min: days } = parameters;
    const fits = loans.filter(
      (loan) =>
        (reference === undefined || loan.reference === reference) &&
        (status === undefined || loan.status === status) &&
        (from === undefined || loan.date >= from) &&
        (to === undefined || loan.date <= to) &&
        (days === undefined || (loan.days !== null && loan.days >= Number(days))),
    );
    const place = (loan: Listed): string => {
      if (days !== undefined) return dueOn[loan.reference] ?? '';
      return from === undefined && to === undefined ? '' : loan.date;
    };
    return fits
      .sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
      .map((loan) => loan.reference);
  }

  const filters: Readonly<Record<string, readonly string[]>> = {
    reference: ['A', 'a'],
    status: ['active', 'paid_off', 'reversed'],
    date_from: ['2017-12-31'],
    date_to: ['2018-02-01'],
    days_past_due_min: ['1', '29'],
  };
  const bounds: readonly Parameters[] = [
    { reference: 'x' },
    { reference: 'G', status: 'reversed' },
    { date_from: '2018-01-01' },
    { date_to: '2017-12-30' },
    { date_from: '2017-12-31', date_to: '2017-12-31' },
    { date_from: '2018-01-01', date_to: '2017-12-31' },
    { days_past_due_min: '30' },
    { days_past_due_min: '177' },
    { days_past_due_min: '178' },
  ];

  /** Each way to set none, one or several of the filters. */
  function combinations(names: readonly string[]): Parameters[] {
    const [name, ...rest] = names;
    if (name === undefined) return [{}];
    const without = combinations(rest);
    return [
      ...without,
      ...(filters[name] ?? []).flatMap((value) => without.map((more) => ({ [name]: value, ...more }))),
    ];
  }

  describe('the list of loans', () => {
    test('has what each filter takes, alone and with any others, in order and on pages of any size', async () => {
      for (const parameters of [...combinations(Object.keys(filters)), ...bounds]) {
        const about = JSON.stringify(parameters);
        const whole = await pageOf(client, '/v1/loans', parameters);
        assert.deepEqual(references(whole.data), expected(parameters), about);
        assert.equal(whole.next, null, about);
        if (whole.data.length < 2) continue;
        const paged = await listed(client, '/v1/loans', { ...parameters, limit: '2' });
        assert.deepEqual(references(paged), expected(parameters), about);
      }
    });

    test('of a month has the loans that fall due in it and have no record for it, the earliest first', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2018, 2, 20, 12) });
      const bank = v1Client(own.url);
      const ids = new Map<string, string>();
      for (const [reference, date] of [
        ['late in March', '2018-02-25'],
        ['early in March', '2018-02-03'],
        ['paid in March', '2018-02-10'],
        ['missed in March', '2018-02-12'],
        ['overdue since February', '2018-01-15'],
        ['in April', '2018-03-01'],
      ] as const) {
        ids.set(reference, (await bank.loan({ reference, date })).id);
      }
      const idOf = (reference: string) => ids.get(reference) ?? '';
      await bank.paid(idOf('paid in March'), '2018-03-10');
      const missed = { payment: 'missed', date: '2018-03-12' };
      const { json } = await bank.post(`/v1/loans/${idOf('missed in March')}/payments`, missed);
      const month = { due_from: '2018-03-01', due_to: '2018-03-31', without_record_in: '2018-03' };
      const inMonth = async (parameters: Parameters) =>
        references(await listed(bank, '/v1/loans', parameters));
      const due = ['early in March', 'late in March'];
      assert.deepEqual(await inMonth({ ...month, limit: '1' }), due);
      const { due_from: _, ...untilThen } = month;
      assert.deepEqual(await inMonth(untilThen), ['overdue since February', ...due]);
      assert.deepEqual(await inMonth({ ...untilThen, days_past_due_min: '1' }), [
        'overdue since February',
        'early in March',
      ]);
      // A record that no longer counts leaves its month open again.
      await reversePayment(bank, String((json as Item)['id']));
      assert.deepEqual(await inMonth(month), ['early in March', 'missed in March', 'late in March']);
    });

    test('of loans at least 0 days past due has every active one', async () => {
      const parameters = { days_past_due_min: '0' };
      assert.deepEqual(references(await listed(client, '/v1/loans', parameters)), expected(parameters));
    });

    test('has loans as they are read one by one', async () => {
      for (const item of await listed(client, '/v1/loans', { limit: '3' })) {
        assert.deepEqual((await client.get(`/v1/loans/${item['id']}`)).json, item);
      }
    });

    test('ends with a null cursor, also where the last page is full', async () => {
      assert.equal((await pageOf(client, '/v1/loans', { limit: '8' })).next, null);
      const page = await pageOf(client, '/v1/loans', { limit: '7' });
      assert.equal(page.data.length, 7);
      const rest = await pageOf(client, '/v1/loans', { limit: '7', after: String(page.next) });
      assert.deepEqual([rest.data.length, rest.next], [1, null]);
      assert.deepEqual(await pageOf(client, '/v1/loans', { reference: 'x' }), { data: [], next: null });
    });

    test('has 50 loans to a page unless a limit of 1 to 500 is given', async () => {
      await using own = await clockedService({ engine });
      const many = v1Client(own.url);
      await Promise.all(Array.from({ length: 51 }, () => many.loan()));
      for (const [limit, count] of [
        [undefined, 50],
        ['1', 1],
        ['500', 51],
      ] as const) {
        const page = await pageOf(many, '/v1/loans', limit === undefined ? {} : { limit });
        assert.equal(page.data.length, count);
        assert.equal(page.next === null, count === 51);
      }
      for (const limit of ['0', '501', '-1', '1.5', 'x', '', '1e400', '-1e400', 'Infinity', 'NaN']) {
        assertProblem(await many.get(`/v1/loans?limit=${limit}`), 400, 'invalid-request', ['limit'], limit);
      }
    });

    test('refuses filters that are none, each of them named', async () => {
      for (const [query, pointer] of [
        ['status=open', 'status'],
        ['date_from=2017-02-29', 'date_from'],
        ['date_to=x', 'date_to'],
        ['days_past_due_min=-1', 'days_past_due_min'],
        ['days_past_due_min=1.5', 'days_past_due_min'],
        ['due_from=2018-02-30', 'due_from'],
        ['due_to=x', 'due_to'],
        ['without_record_in=2018-13', 'without_record_in'],
        ['without_record_in=2018-02-01', 'without_record_in'],
        ['days_past_due_min=1e400', 'days_past_due_min'],
        ['reference=', 'reference'],
        [`reference=${'r'.repeat(101)}`, 'reference'],
        ['overdue=true', 'overdue'],
      ] as const) {
        assertProblem(await client.get(`/v1/loans?${query}`), 400, 'invalid-request', [pointer], query);
      }
    });

    test('refuses a cursor that is none, and one of a list in another order', async () => {
      const orders: readonly Parameters[] = [{}, { date_from: '0001-01-01' }, { days_past_due_min: '1' }];
      const written = [
        'null',
        '{}',
        '[]',
        '["no"]',
        '["no","1","1"]',
        '["no",1.5,1]',
        '["no",1,1e300]',
        '["id",1,1]',
      ];
      const garbage = ['x', '%00', '🏦', 'r'.repeat(200), ...written, ...written.map((text) => btoa(text))];
      for (const order of orders) {
        for (const after of garbage) {
          const answer = await client.get(`/v1/loans?${new URLSearchParams({ ...order, after })}`);
          assertProblem(answer, 400, 'invalid-request', ['after'], after);
        }
        const { next } = await pageOf(client, '/v1/loans', { ...order, limit: '1' });
        for (const other of orders) {
          const query = new URLSearchParams({ ...other, after: String(next) });
          const answer = await client.get(`/v1/loans?${query}`);
          if (other === order) assert.equal(answer.status, 200, answer.text);
          else assertProblem(answer, 400, 'invalid-request', ['after'], query.toString());
        }
      }
      for (const after of ['', 'r'.repeat(201)]) {
        assertProblem(await client.get(`/v1/loans?after=${after}`), 400, 'invalid-request', ['after'], after);
      }
    });
  });

  describe('paging', () => {
    const lists: readonly Parameters[] = [
      {},
      { date_from: '2017-01-01', date_to: '2017-12-31' },
      { status: 'active' },
    ];
    for (const parameters of lists) {
      test(`with ${JSON.stringify(parameters)} neither repeats nor hides a loan while others are issued and paid`, async () => {
        await using own = await clockedService({ engine, at: Date.UTC(2018, 2, 1, 12) });
        const busy = v1Client(own.url);
        const there: string[] = [];
        for (let index = 0; index < 20; index += 1) {
          there.push((await busy.loan({ date: `2017-0${1 + ((index * 7) % 9)}-1${index % 10}` })).id);
        }
        const seen = await listed(busy, '/v1/loans', { ...parameters, limit: '3' }, async (page) => {
          if (page > 12) return;
          const dates = [`2017-01-0${1 + (page % 9)}`, `2017-12-${10 + page}`];
          const month = `2018-${String(page).padStart(2, '0')}`;
          await Promise.all([
            ...dates.map((date) => busy.loan({ date })),
            ...there.map((id) => (page < 10 ? busy.paid(id, `${month}-05`) : undefined)),
          ]);
        });
        const ids = seen.map((loan) => String(loan['id']));
        assert.equal(new Set(ids).size, ids.length);
        assert.deepEqual(
          there.filter((id) => !ids.includes(id)),
          [],
        );
      });
    }

    test('by days past due neither repeats nor hides a loan while others are issued', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2018, 2, 1, 12) });
      const busy = v1Client(own.url);
      const there: string[] = [];
      for (let index = 0; index < 15; index += 1) {
        there.push((await busy.loan({ date: `2017-0${1 + ((index * 7) % 9)}-1${index % 10}` })).id);
      }
      const seen = await listed(busy, '/v1/loans', { days_past_due_min: '30', limit: '2' }, async (page) => {
        if (page < 10) await busy.loan({ date: `2017-0${page}-15` });
      });
      const ids = seen.map((loan) => String(loan['id']));
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(
        there.filter((id) => !ids.includes(id)),
        [],
      );
    });
  });

  describe("a loan's payments", () => {
    test('come by month, reversed ones beside the one that counts, on pages of any size', async () => {
      const loan = await client.loan({ date: '2016-01-05', term: 24 });
      const path = `/v1/loans/${loan.id}/payments`;
      assert.deepEqual(await pageOf(client, path), { data: [], next: null });
      await client.paid(loan.id, '2016-05-05', '2016-02-05', '2016-04-05');
      const bounced = await paymentOf(client, loan.id, '2016-03-05');
      await reversePayment(client, bounced);
      await client.paid(loan.id, '2016-03-25');
      const whole = await listed(client, path);
      assert.deepEqual(
        whole.map((record) => record['month']),
        ['2016-02', '2016-03', '2016-03', '2016-04', '2016-05'],
      );
      for (const limit of ['1', '2', '4', '5', '500']) {
        assert.deepEqual(await listed(client, path, { limit }), whole, limit);
      }
    });

    test('are neither repeated nor hidden by payments and reversals between the pages', async () => {
      const loan = await client.loan({ date: '2016-01-05', term: 24 });
      const path = `/v1/loans/${loan.id}/payments`;
      const first = await paymentOf(client, loan.id, '2016-02-05');
      await reversePayment(client, first);
      const second = await paymentOf(client, loan.id, '2016-02-15');
      const there = [first, second];
      for (const month of ['03', '04', '06'])
        there.push(await paymentOf(client, loan.id, `2016-${month}-05`));
      const seen = await listed(client, path, { limit: '1' }, async (page) => {
        if (page === 1) {
          await reversePayment(client, second);
          await client.paid(loan.id, '2016-02-25', '2016-01-31');
        }
        if (page === 3) await client.paid(loan.id, '2016-05-05');
      });
      const ids = seen.map((record) => String(record['id']));
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(
        there.filter((id) => !ids.includes(id)),
        [],
      );
    });

    test('refuse a cursor or limit that is none', async () => {
      const loan = await client.loan();
      const other = await paymentOf(client, (await client.loan()).id, '2017-09-05');
      for (const [query, pointer] of [
        ['after=x', 'after'],
        [`after=${other}`, 'after'],
        ['limit=0', 'limit'],
        ['limit=501', 'limit'],
        ['limit=1e400', 'limit'],
        ['status=live', 'status'],
      ] as const) {
        const answer = await client.get(`/v1/loans/${loan.id}/payments?${query}`);
        assertProblem(answer, 400, 'invalid-request', [pointer], query);
      }
    });
  });
});
