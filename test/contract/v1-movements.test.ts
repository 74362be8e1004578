// GET /v1/book/movements: opening + issued − paid + reversed = closing, in value, principal and volume, where opening
// and closing are the book as of the day before the period and as of its last day.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, paymentOf, reverseLoan, reversePayment, smallBook } from '../support/v1-steps.ts';

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

  type Sums = { readonly value: string; readonly principal: string; readonly volume: number };
  const nothing: Sums = { value: '0.00', principal: '0.00', volume: 0 };

  function movements(from: string, to: string) {
    return client.get(`/v1/book/movements?${new URLSearchParams({ from, to })}`);
  }

  function cents(money: string): bigint {
    assert.match(money, /^-?\d+\.\d\d$/);
    return BigInt(money.replace('.', ''));
  }

  function addUp(sums: (Sums & { sign: bigint })[]) {
    const total = { value: 0n, principal: 0n, volume: 0n };
    for (const { value, principal, volume, sign } of sums) {
      total.value += sign * cents(value);
      total.principal += sign * cents(principal);
      total.volume += sign * BigInt(volume);
    }
    return total;
  }

  describe('movements', () => {
    // The book is empty until here: the figures are of this test's records alone.
    test('say what was issued, paid and reversed, each with its sign', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05');
      assertMembers(await movements('2017-08-01', '2017-08-31'), 200, {
        from: '2017-08-01',
        to: '2017-08-31',
        currency: 'USD',
        provisional: true,
        opening: nothing,
        issued: { value: '1027.20', principal: '1000.00', volume: 1 },
        paid: nothing,
        reversed: nothing,
        closing: { value: '1027.20', principal: '1000.00', volume: 1 },
      });
      const september = {
        opening: { value: '1027.20', principal: '1000.00', volume: 1 },
        issued: nothing,
        paid: { value: '85.60', principal: '81.44', volume: 0 },
      };
      const closing = { value: '941.60', principal: '918.56', volume: 1 };
      assertMembers(await movements('2017-09-01', '2017-09-30'), 200, {
        ...september,
        reversed: nothing,
        closing,
      });
      const october = await paymentOf(client, loan.id, '2017-10-05');
      await reversePayment(client, october);
      const back = { value: '85.60', principal: '81.78', volume: 0 };
      assertMembers(await movements('2017-10-01', '2017-10-31'), 200, {
        opening: closing,
        paid: back,
        reversed: back,
        closing,
      });
      const mistake = await client.loan({ date: '2017-10-31' });
      await reverseLoan(client, mistake.id);
      assertMembers(await movements('2017-10-31', '2017-10-31'), 200, {
        opening: closing,
        issued: { value: '1027.20', principal: '1000.00', volume: 1 },
        paid: nothing,
        reversed: { value: '-1027.20', principal: '-1000.00', volume: -1 },
        closing,
      });
    });

    test('take a loan out of the volume when its last payment is made, and back when that is reversed', async () => {
      const loan = await client.loan({ amount: '100.00', term: 1, rate: '0', date: '2016-01-01' });
      const id = await paymentOf(client, loan.id, '2016-02-01');
      const paid = { value: '100.00', principal: '100.00', volume: 1 };
      assertMembers(await movements('2016-02-01', '2016-02-01'), 200, {
        opening: paid,
        paid,
        reversed: nothing,
        closing: nothing,
      });
      await reversePayment(client, id);
      assertMembers(await movements('2016-02-01', '2016-02-01'), 200, {
        paid,
        reversed: paid,
        closing: paid,
      });
      await client.paid(loan.id, '2016-02-01');
    });

    test('add up in value, principal and volume, and open and close as the book stood', async () => {
      await smallBook(client);
      const days = [
        '2017-08-04',
        '2017-08-05',
        '2017-09-30',
        '2017-10-31',
        '2017-12-31',
        '2018-02-28',
        '2030-01-01',
      ];
      for (const [index, before] of days.entries()) {
        for (const to of days.slice(index + 1)) {
          const from = new Date(Date.parse(before) + 86_400_000).toISOString().slice(0, 10);
          const moved = (await answered(movements(from, to))) as Record<string, Sums>;
          const part = (name: string, sign: bigint) => ({ ...(moved[name] as Sums), sign });
          const sum = addUp([
            part('opening', 1n),
            part('issued', 1n),
            part('paid', -1n),
            part('reversed', 1n),
          ]);
          assert.deepEqual(sum, addUp([part('closing', 1n)]), `${from} ${to}`);
          assertMembers(await client.outstanding(before), 200, moved['opening'] as Sums, from);
          assertMembers(await client.outstanding(to), 200, moved['closing'] as Sums, to);
        }
      }
    });

    test('of the whole calendar open at nothing', async () => {
      assertMembers(await movements('0001-01-01', '9999-12-31'), 200, { opening: nothing });
    });

    test('need a period whose end is not before its start', async () => {
      const wrong: readonly (readonly [string, readonly string[]])[] = [
        ['', ['from', 'to']],
        ['from=2017-01-01', ['to']],
        ['to=2017-01-01', ['from']],
        ['from=2017-01-02&to=2017-01-01', ['to']],
        ['from=2017-02-30&to=2017-03-01', ['from']],
        ['from=2017-01-01&to=2017-03-01&step=month', ['step']],
      ];
      for (const [query, pointers] of wrong) {
        const answer = await client.get(`/v1/book/movements?${query}`);
        assertProblem(answer, 400, 'invalid-request', pointers, query);
      }
    });
  });
});
