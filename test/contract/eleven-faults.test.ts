// What other loan systems get wrong, each a test of its own (the eleven faults of the domain). A wrong figure here is
// the kind that a bank's books have been closed on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { countsOf, withBank } from '../real-data/james-command.ts';
import { clockedService } from '../support/clocked-service.ts';
import { onEachEngine } from '../support/engines.ts';
import { assertFirst, assertReplay, freshKey, sendKeyed } from '../support/keyed-requests.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, type Item, listed, paymentOf, reversePayment } from '../support/v1-steps.ts';

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

  const threeMonths = { amount: '300.00', term: 3, rate: '0', date: '2017-08-05' } as const;
  const nothing = { value: '0.00', principal: '0.00', volume: 0 };

  describe('of the eleven faults of loan systems', () => {
    test('1: a loan paid off since the as-of date is still in the as-of answer', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2026, 10, 22) });
      const bank = v1Client(own.url);
      const loan = await bank.loan(threeMonths);
      await bank.paid(loan.id, '2017-09-05', '2017-10-05', '2017-11-05');
      assertMembers(await bank.get(`/v1/loans/${loan.id}`), 200, { status: 'paid_off' });
      const then = { value: '200.00', principal: '200.00' };
      assertMembers(await bank.balance(loan.id, '2017-09-30'), 200, { ...then, status: 'active' });
      assertMembers(await bank.outstanding('2017-09-30'), 200, { ...then, volume: 1 });
      assertMembers(await bank.arrears('2017-09-30'), 200, { total: { ...then, volume: 1 } });
      assertMembers(await bank.outstanding('2017-11-05'), 200, nothing);
      const series = await answered(bank.get('/v1/book/outstanding/series?from=2017-08-01&to=2017-11-30'));
      assert.deepEqual(
        (series['points'] as Item[]).map(({ value }) => value),
        ['300.00', '200.00', '100.00', '0.00'],
      );
    });

    test('2: a payment made after the as-of date does not leak into it', async () => {
      const loan = await client.loan(threeMonths);
      const [book, arrears] = [await client.outstanding('2017-09-04'), await client.arrears('2017-09-04')];
      const before = (await client.balance(loan.id, '2017-09-04')).json;
      await client.paid(loan.id, '2017-09-05', '2017-10-05', '2017-11-05');
      assert.deepEqual((await client.balance(loan.id, '2017-09-04')).json, before);
      assert.deepEqual((await client.outstanding('2017-09-04')).json, book.json);
      assert.deepEqual((await client.arrears('2017-09-04')).json, arrears.json);
    });

    test('3: overdue is told for a past date, though all has been paid since', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2026, 10, 22) });
      const bank = v1Client(own.url);
      const loan = await bank.loan(threeMonths);
      await bank.paid(loan.id, '2017-12-20', '2018-01-20', '2018-02-20');
      assertMembers(await bank.balance(loan.id, '2017-11-30'), 200, {
        next_due_on: '2017-09-05',
        days_past_due: 86,
        overdue: { installments: 3, value: '300.00' },
      });
      const arrears = await answered(bank.arrears('2017-11-30'));
      const late = (arrears['buckets'] as Item[]).map(({ volume }) => volume);
      assert.deepEqual(late, [0, 0, 0, 1, 0]);
      assert.deepEqual(
        (arrears['par'] as Item[]).map(({ ratio }) => ratio),
        ['1.000000', '1.000000', '0.000000'],
      );
      assertMembers(await bank.arrears('2018-02-20'), 200, { total: nothing });
    });

    test('4: a backdated payment mends every later figure', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2026, 10, 22) });
      const bank = v1Client(own.url);
      const loan = await bank.loan();
      await bank.paid(loan.id, '2017-10-05', '2017-11-05');
      await bank.paid(loan.id, '2017-09-05');
      for (const [asOf, value, dueOn] of [
        ['2017-08-31', '1027.20', '2017-09-05'],
        ['2017-09-30', '941.60', '2017-10-05'],
        ['2017-10-31', '856.00', '2017-11-05'],
        ['2017-11-30', '770.40', '2017-12-05'],
        ['2018-12-31', '770.40', '2017-12-05'],
      ] as const) {
        assertMembers(await bank.balance(loan.id, asOf), 200, { value, next_due_on: dueOn }, asOf);
        assertMembers(await bank.outstanding(asOf), 200, { value, volume: 1 }, asOf);
        const days = Math.max(0, (Date.parse(asOf) - Date.parse(dueOn)) / 86_400_000);
        const { buckets } = (await answered(bank.arrears(asOf))) as { buckets: Item[] };
        const [bucket] = buckets.filter(({ volume }) => volume === 1);
        assert.ok(Number(bucket?.['days_from']) <= days, asOf);
        assert.ok(days <= Number(bucket?.['days_to'] ?? Number.POSITIVE_INFINITY), asOf);
      }
    });

    test('5: a loan of the 31st is back on the 31st after February', async () => {
      const loan = await client.loan({ date: '2023-01-31' });
      const dueDates = ['2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31', '2023-06-30', '2023-07-31'];
      const { data } = (await answered(client.get(`/v1/loans/${loan.id}/schedule`))) as { data: Item[] };
      assert.deepEqual(
        data.slice(0, 6).map((row) => row['due_on']),
        dueDates,
      );
      assertMembers(await client.balance(loan.id, '2023-01-31'), 200, { next_due_on: '2023-02-28' });
      for (const dueOn of dueDates) {
        assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { next_due_on: dueOn });
        assertMembers(await client.balance(loan.id, dueOn), 200, { days_past_due: 0 });
        await client.paid(loan.id, dueOn);
      }
    });

    test('6: the last payment can be reversed, and the loan is open again', async () => {
      const loan = await client.loan(threeMonths);
      await client.paid(loan.id, '2017-09-05', '2017-10-05');
      const last = await paymentOf(client, loan.id, '2017-11-05');
      assertProblem(await client.pay(loan.id, '2017-12-05'), 409, 'paid-off');
      assert.equal((await reversePayment(client, last)).status, 201);
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { status: 'active', payments_made: 2 });
      const open = { value: '100.00', status: 'active', next_due_on: '2017-11-05', days_past_due: 26 };
      assertMembers(await client.balance(loan.id, '2017-12-01'), 200, open);
      await client.paid(loan.id, '2017-12-05');
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { status: 'paid_off' });
    });

    test('7: of two identical requests at once one is booked', async () => {
      await using other = await startService({ databaseUrl: String(service?.databaseUrl) });
      const second = v1Client(other.url);
      for (let round = 0; round < 10; round += 1) {
        const loan = await client.loan({ reference: `twice-${round}` });
        const answers = await Promise.all([client, second].map((each) => each.pay(loan.id, '2017-09-05')));
        assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
        assert.equal((await listed(client, `/v1/loans/${loan.id}/payments`)).length, 1);
        const issues = await Promise.all(
          [client, second].map((each) => each.issue({ reference: `both-${round}` })),
        );
        assert.deepEqual(issues.map(({ status }) => status).sort(), [201, 409]);
      }
    });

    test('8: a retry after a lost answer books nothing more, even after the process died', async () => {
      const first = await startService({ engine });
      try {
        const body = JSON.stringify({ ...threeMonths });
        const key = freshKey();
        const issue = { path: '/v1/loans', body };
        const lost = assertFirst(await sendKeyed(first.url, issue, key), 201);
        const { id } = JSON.parse(lost.text) as { id: string };
        const pay = {
          path: `/loans/${id}/payments`,
          body: '{"payment":"made","date":"2017-09-05","amount":100}',
        };
        const paid = assertFirst(await sendKeyed(first.url, pay, `${key}-pay`), 200);
        await first.kill();
        await using second = await startService({ databaseUrl: first.databaseUrl });
        assertReplay(await sendKeyed(second.url, issue, key), lost);
        assertReplay(await sendKeyed(second.url, pay, `${key}-pay`), paid);
        assertMembers(await v1Client(second.url).outstanding('2017-12-31'), 200, {
          value: '200.00',
          volume: 1,
        });
      } finally {
        await first.stop();
      }
    });

    test('9: no time zone, of the browser or of the bank, moves the day that was written', async () => {
      for (const timeZone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Sao_Paulo']) {
        await using own = await clockedService({ engine, timeZone, at: Date.UTC(2017, 10, 1) });
        const bank = v1Client(own.url);
        const written = [
          '2017-08-31',
          '2017-08-31T23:59:59.999Z',
          '2017-08-31T23:30:00-05:00',
          '2017-08-31T00:00+14:00',
          '2017-08-31 02:18Z',
        ];
        for (const date of written) {
          const loan = await answered(bank.issue({ date }), 201);
          assert.deepEqual(
            [loan['date'], loan['next_due_on']],
            ['2017-08-31', '2017-09-30'],
            `${timeZone} ${date}`,
          );
          const id = String(loan['id']);
          const payment = await answered(bank.pay(id, date), 201);
          assert.deepEqual([payment['date'], payment['month']], ['2017-08-31', '2017-08']);
          const asked = await bank.get(`/v1/loans/${id}/balance?as_of=${encodeURIComponent(date)}`);
          assertMembers(asked, 200, { as_of: '2017-08-31', value: '941.60' });
          const body = JSON.stringify({ amount: 1000, term: 12, rate: 0.05, date });
          const james = await sendKeyed(own.url, { path: '/loans', body }, null);
          const { loan_id: jamesId } = JSON.parse(james.text) as { loan_id: string };
          assertMembers(await bank.get(`/v1/loans/${jamesId}`), 200, { date: '2017-08-31' });
        }
      }
    });

    test('10: late knowledge does not rewrite what was reported last month', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2017, 8, 30, 18) });
      const bank = v1Client(own.url);
      const loan = await bank.loan();
      const reports = [
        '/v1/book/outstanding?as_of=2017-09-30',
        '/v1/book/arrears?as_of=2017-09-30',
        '/v1/book/movements?from=2017-09-01&to=2017-09-30',
        '/v1/book/outstanding/series?from=2017-08-01&to=2017-09-30&step=week',
        `/v1/loans/${loan.id}/balance?as_of=2017-09-30`,
      ];
      const ask = (path: string) => answered(bank.get(`${path}&known_at=2017-09-30`));
      own.clock.at = Date.UTC(2017, 9, 1, 6);
      const reported = await Promise.all(reports.map(ask));
      const late = await paymentOf(bank, loan.id, '2017-09-05');
      await bank.loan({ date: '2017-09-10' });
      own.clock.at = Date.UTC(2017, 9, 20);
      await reversePayment(bank, late);
      await bank.paid(loan.id, '2017-09-06');
      own.clock.at = Date.UTC(2018, 0, 1);
      assert.deepEqual(await Promise.all(reports.map(ask)), reported);
      assertMembers(await bank.outstanding('2017-09-30'), 200, { value: '1968.80', volume: 2 });
    });

    test('11: one bad row does not stop an import, and a second try books no good row twice', async () => {
      await withBank(engine, (bank) => {
        const rows = Array.from({ length: 1200 }, (_, index) => `I-${index},1000,12,0.05,2017-08-05`);
        rows[600] = 'I-600,1000,twelve,0.05,2017-08-05';
        const loans = ['reference,amount,term,rate,date', ...rows].join('\n');
        const first = bank.import(2, 'loans', ['-', '--rejects', 'rejected.csv'], loans);
        assert.deepEqual(countsOf(first), { read: 1200, accepted: 1199, skipped: 0, rejected: 1 });
        const payments = [
          'reference,payment,date,amount',
          ...rows.slice(0, 500).map((_, index) => `I-${index},made,2017-09-05,85.60`),
          'I-1,made,2017-09-06,85.60',
        ].join('\n');
        const paid = bank.import(2, 'payments', ['-', '--rejects', 'rejected-payments.csv'], payments);
        assert.deepEqual(countsOf(paid), { read: 501, accepted: 500, skipped: 0, rejected: 1 });

        const paidAgain = bank.import(2, 'payments', ['-', '--rejects', 'again.csv'], payments);
        assert.deepEqual(countsOf(paidAgain), { read: 501, accepted: 0, skipped: 500, rejected: 1 });
        const mended = bank.import(0, 'loans', ['-'], loans.replace('twelve', '12'));
        assert.deepEqual(countsOf(mended), { read: 1200, accepted: 1, skipped: 1199, rejected: 0 });
        const after = bank.bookAsOf('2017-09-30').outstanding;
        assert.deepEqual([after.value, after.volume], ['1189840.00', 1200]);
      });
    });
  });
});
