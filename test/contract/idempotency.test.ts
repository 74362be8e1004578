// Idempotency-Key on every POST that writes, on both surfaces: the same request again gets the first answer again and
// books nothing; another request under the key is refused; what was refused by rule stays refused.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import {
  assertFirst,
  assertReplay,
  freshKey,
  type KeyedAnswer,
  sendKeyed,
  type Writing,
  writings,
} from '../support/keyed-requests.ts';
import { type Service, startService } from '../support/service.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { listed, paymentOf, reverseLoan, reversePayment } from '../support/v1-steps.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;
  let url: string;

  before(async () => {
    service = await startService({ engine });
    url = service.url;
    client = v1Client(url);
  });
  after(async () => {
    await service?.stop();
  });

  function assertKeyUsed(answer: KeyedAnswer, path: string): void {
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.replayed, null);
    const told = JSON.parse(answer.text) as Record<string, unknown>;
    if (path.startsWith('/v1/')) assert.equal(told['type'], '/problems/idempotency-key-used');
    else assert.deepEqual(told, { error: 'Idempotency-Key already used.' });
  }

  function paymentRequest(loanId: string, members: object = {}): Pick<Writing, 'path' | 'body'> {
    const body = JSON.stringify({ payment: 'made', date: '2017-09-05', ...members });
    return { path: `/v1/loans/${loanId}/payments`, body };
  }

  for (const kind of writings) {
    describe(kind.name, () => {
      test('sent again under its key gets the same answer again and books nothing more', async () => {
        const writing = await kind.prepare(client);
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, writing, key), kind.accepted);
        for (let again = 0; again < 3; again += 1) assertReplay(await sendKeyed(url, writing, key), first);
        assert.equal(await writing.booked(), 1);
      });

      test('with another body or path under its key is refused, and the first answer stands', async () => {
        const writing = await kind.prepare(client);
        const other = await kind.prepare(client);
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, writing, key), kind.accepted);
        const body = writing.body === '' ? '{}' : `${writing.body} `;
        assertKeyUsed(await sendKeyed(url, { path: writing.path, body }, key), writing.path);
        if (other.path !== writing.path || other.body !== writing.body) {
          assertKeyUsed(await sendKeyed(url, other, key), other.path);
          assert.equal(await other.booked(), 0);
        }
        assertReplay(await sendKeyed(url, writing, key), first);
        assert.equal(await writing.booked(), 1);
      });

      test('thirty times at once under one key books once, with one answer for all', async () => {
        const writing = await kind.prepare(client);
        const key = freshKey();
        const answers = await Promise.all(Array.from({ length: 30 }, () => sendKeyed(url, writing, key)));
        const firsts = answers.filter(({ replayed }) => replayed === null);
        assert.equal(firsts.length, 1);
        const first = assertFirst(firsts[0] as KeyedAnswer, kind.accepted);
        for (const answer of answers) {
          if (answer !== first) assertReplay(answer, first);
        }
        assert.equal(await writing.booked(), 1);
      });

      test('under the same key of another credential is another request', async () => {
        const writing = await kind.prepare(client);
        const other = await kind.prepare(client);
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, writing, key), kind.accepted);
        const second = assertFirst(await sendKeyed(url, other, key, 'seekrit'), kind.accepted);
        assertReplay(await sendKeyed(url, writing, key), first);
        assertReplay(await sendKeyed(url, other, key, 'seekrit'), second);
        assert.deepEqual([await writing.booked(), await other.booked()], [1, 1]);
      });

      test('with a key that is none is refused with 400 and books nothing', async () => {
        const writing = await kind.prepare(client);
        for (const key of ['', 'k'.repeat(256), 'schlüssel', 'a\tb']) {
          const answer = await sendKeyed(url, writing, key);
          assert.equal(answer.status, 400, `${key} ${answer.text}`);
          if (!writing.path.startsWith('/v1/')) {
            assert.equal(answer.text, '{"error":"Invalid Idempotency-Key."}');
          }
        }
        assert.equal(await writing.booked(), 0);
        const longest = freshKey().padEnd(255, ' "~!');
        const first = assertFirst(await sendKeyed(url, writing, longest), kind.accepted);
        assertReplay(await sendKeyed(url, writing, longest), first);
      });

      test('keeps no 401 or 403: with the right credential the key is free', async () => {
        const writing = await kind.prepare(client);
        const key = freshKey();
        const refused = await sendKeyed(url, writing, key, 'wrong');
        assert.equal(refused.status, writing.path.startsWith('/v1/') ? 401 : 403);
        assertFirst(await sendKeyed(url, writing, key), kind.accepted);
      });

      test('keeps no 400 and no 404', async () => {
        const writing = await kind.prepare(client);
        const key = freshKey();
        assertFirst(await sendKeyed(url, { ...writing, body: '{' }, key), 400);
        assertFirst(await sendKeyed(url, { ...writing, body: '7' }, key), 400);
        const unknown = writing.path.replace(/[0-9a-f]{8}-/, '00000000-');
        if (unknown !== writing.path) {
          for (let again = 0; again < 2; again += 1) {
            assertFirst(await sendKeyed(url, { ...writing, path: unknown }, key), 404);
          }
        }
        assertFirst(await sendKeyed(url, writing, key), kind.accepted);
        assert.equal(await writing.booked(), 1);
      });
    });
  }

  describe('a refusal by rule', () => {
    test('of a payment stands under its key, even when the reason is gone', async () => {
      const loan = await client.loan();
      const taken = await paymentOf(client, loan.id, '2017-09-01');
      const refusals: readonly [object, number][] = [
        [{}, 409],
        [{ amount: '85.61' }, 422],
        [{ date: '2017-08-04' }, 422],
        [{ replaces: taken, amount: '1.00' }, 422],
      ];
      const kept: [Pick<Writing, 'path' | 'body'>, string, KeyedAnswer][] = [];
      for (const [members, status] of refusals) {
        const request = paymentRequest(loan.id, members);
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, request, key), status);
        kept.push([request, key, first]);
        assertReplay(await sendKeyed(url, request, key), first);
      }
      await reversePayment(client, taken);
      for (const [request, key, first] of kept) assertReplay(await sendKeyed(url, request, key), first);
      assert.equal((await listed(client, `/v1/loans/${loan.id}/history`)).length, 3);
      assertFirst(await sendKeyed(url, paymentRequest(loan.id), freshKey()), 201);
    });

    test('of a payment on a paid-off or reversed loan stands too', async () => {
      const paidOff = await client.loan({ term: 1 });
      const last = await paymentOf(client, paidOff.id, '2017-10-05');
      const reversed = await client.loan();
      await reverseLoan(client, reversed.id);
      for (const { id } of [paidOff, reversed]) {
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, paymentRequest(id), key), 409);
        if (id === paidOff.id) await reversePayment(client, last);
        assertReplay(await sendKeyed(url, paymentRequest(id), key), first);
      }
    });

    test('of a loan stands: terms out of range, a reference taken', async () => {
      await client.loan({ reference: 'kept-1' });
      const loan = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' };
      for (const [members, status] of [
        [{ amount: '0.01' }, 422],
        [{ term: 0 }, 422],
        [{ reference: 'kept-1' }, 409],
      ] as const) {
        const request = { path: '/v1/loans', body: JSON.stringify({ ...loan, ...members }) };
        const key = freshKey();
        const first = assertFirst(await sendKeyed(url, request, key), status);
        assertReplay(await sendKeyed(url, request, key), first);
        const other = { path: '/v1/loans', body: JSON.stringify(loan) };
        assertKeyUsed(await sendKeyed(url, other, key), '/v1/loans');
      }
    });

    test('of a reversal stands: reversed already, payments against the loan', async () => {
      const loan = await client.loan();
      const payment = await paymentOf(client, loan.id, '2017-09-05');
      const ofLoan = { path: `/v1/loans/${loan.id}/reversal`, body: '' };
      const keys = [freshKey(), freshKey()] as const;
      const hasPayments = assertFirst(await sendKeyed(url, ofLoan, keys[0]), 409);
      await reversePayment(client, payment);
      assertReplay(await sendKeyed(url, ofLoan, keys[0]), hasPayments);
      const ofPayment = { path: `/v1/payments/${payment}/reversal`, body: '{}' };
      const already = assertFirst(await sendKeyed(url, ofPayment, keys[1]), 409);
      assertReplay(await sendKeyed(url, ofPayment, keys[1]), already);
      assertFirst(await sendKeyed(url, ofLoan, freshKey()), 201);
    });

    test('on the James surface stands where it is a conflict, and not where it is a 400', async () => {
      const loan = await client.loan();
      const taken = await paymentOf(client, loan.id, '2017-09-01');
      const request = (amount: number) => ({
        path: `/loans/${loan.id}/payments`,
        body: JSON.stringify({ payment: 'made', date: '2017-09-05', amount }),
      });
      const conflict = freshKey();
      const first = assertFirst(await sendKeyed(url, request(85.6), conflict), 409);
      const mended = freshKey();
      assertFirst(await sendKeyed(url, request(85.7), mended), 400);
      await reversePayment(client, taken);
      assertReplay(await sendKeyed(url, request(85.6), conflict), first);
      assert.equal(first.text, '{"error":"Duplicated payment."}');
      assertFirst(await sendKeyed(url, request(85.6), mended), 200);
    });
  });

  describe('a key', () => {
    test('of one credential is the same on both surfaces', async () => {
      const { id } = await client.loan();
      const key = freshKey();
      assertFirst(await sendKeyed(url, paymentRequest(id), key), 201);
      const body = '{"amount":1000,"term":12,"rate":0.05,"date":"2017-08-05"}';
      assertKeyUsed(await sendKeyed(url, { path: '/loans', body }, key), '/loans');
    });

    test('is told from others byte by byte', async () => {
      const loan = await client.loan();
      const key = freshKey();
      assertFirst(await sendKeyed(url, paymentRequest(loan.id), key), 201);
      for (const other of [key.toUpperCase(), `${key}x`, `"${key}"`]) {
        assertFirst(await sendKeyed(url, paymentRequest(loan.id), other), 409, other);
      }
    });

    test('leaves requests without one as they are', async () => {
      const loan = await client.loan();
      assertFirst(await sendKeyed(url, paymentRequest(loan.id), null), 201);
      assertFirst(await sendKeyed(url, paymentRequest(loan.id), null), 409);
    });

    test('sent with what writes nothing is ignored, used or not, valid or not', async () => {
      const loan = await client.loan();
      const key = freshKey();
      assertFirst(await sendKeyed(url, paymentRequest(loan.id), key), 201);
      const quote = {
        path: '/v1/quotes',
        body: '{"amount":"1000.00","term":12,"rate":"0.05","date":"2017-08-05"}',
      };
      const balance = { path: `/loans/${loan.id}/balance`, body: '{"date":"2017-09-05"}' };
      for (const request of [quote, balance]) {
        for (const sent of [key, key, freshKey(), 'k'.repeat(256)]) {
          assertFirst(await sendKeyed(url, request, sent), 200, sent);
        }
      }
      const asked = await client.get(`/v1/loans/${loan.id}`, { headers: { 'idempotency-key': key } });
      assert.equal(asked.status, 200);
      assert.equal(asked.headers.get('idempotent-replayed'), null);
    });
  });
});
