// The client in client/ against the real server: each of its methods answers what /v1 says, and each refusal is a value that
// its type tells.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createJames, type James, JamesError, type Loan, unwrap } from '../../client/src/index.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { developmentKey } from '../support/v1-client.ts';

const terms = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' } as const;

async function taken<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  return Array.fromAsync(items);
}

onEachEngine((engine) => {
  describe('the client', () => {
    let service: Service;
    let james: James;

    before(async () => {
      service = await startService({ engine });
      james = createJames({ url: service.url, apiKey: developmentKey });
    });
    after(() => service?.stop());

    const issued = (reference: string): Promise<Loan> => unwrap(james.loans.issue({ ...terms, reference }));

    test('issues a loan, and says where it is and under which request and key it was recorded', async () => {
      const answer = await james.loans.issue({ ...terms, reference: 'C-1' }, { requestId: 'branch-7/1' });
      assert.ok(answer.ok);
      assert.equal(answer.data.installment, '85.60');
      const { status, location, requestId, replayed, attempts, outcomeUnknown, idempotencyKey } = answer.call;
      assert.deepEqual(
        { status, location, requestId, replayed, attempts, outcomeUnknown },
        {
          status: 201,
          location: `/v1/loans/${answer.data.id}`,
          requestId: 'branch-7/1',
          replayed: false,
          attempts: 1,
          outcomeUnknown: false,
        },
      );
      assert.match(idempotencyKey ?? '', /^[0-9a-f]{32}$/);
      assert.deepEqual(await unwrap(james.loans.get(answer.data.id)), answer.data);
    });

    test('writes under a key of its own each time, and under the caller’s where one is given', async () => {
      const idempotencyKey = 'client-1';
      const first = await james.loans.issue(terms, { idempotencyKey });
      const again = await james.loans.issue(terms, { idempotencyKey });
      const other = await james.loans.issue(terms);
      assert.ok(first.ok && again.ok && other.ok);
      assert.equal(again.data.id, first.data.id);
      assert.equal(again.call.replayed, true);
      assert.notEqual(other.data.id, first.data.id);
      const changed = await james.loans.issue({ ...terms, term: 13 }, { idempotencyKey });
      assert.ok(!changed.ok);
      assert.equal(changed.error.type, '/problems/idempotency-key-used');
    });

    test('records payments, lists them, and takes them back', async () => {
      const { id } = await issued('C-2');
      const made = await unwrap(james.payments.record(id, { payment: 'made', date: '2017-09-05' }));
      const missed = await unwrap(james.payments.record(id, { payment: 'missed', date: '2017-10-05' }));
      const late = { payment: 'made', date: '2017-10-20', replaces: missed.id } as const;
      const replaced = await unwrap(james.payments.record(id, late));
      assert.deepEqual((await unwrap(james.payments.get(made.id))).id, made.id);
      const reversed = await unwrap(james.payments.reverse(replaced.id, { reason: 'returned' }));
      assert.notEqual(reversed.reversed_at, null);
      const one = await unwrap(james.payments.list(id, { limit: 1 }));
      assert.equal(one.data.length, 1);
      assert.notEqual(one.next, null);
      const all = await taken(james.payments.each(id, { limit: 1 }));
      assert.deepEqual(new Set(all.map((payment) => payment.id)), new Set([made.id, missed.id, replaced.id]));
      const records = await taken(james.loans.eachRecord(id, { limit: 2 }));
      assert.deepEqual(records, (await unwrap(james.loans.history(id))).data);
      assert.equal((await unwrap(james.loans.balance(id, { as_of: '2017-09-30' }))).as_of, '2017-09-30');
      assert.equal((await unwrap(james.loans.schedule(id))).data.length, 12);
    });

    test('gives every loan of a list once, however many pages it has', async () => {
      const date = '2019-03-01';
      const ids = [];
      for (let n = 0; n < 7; n++) ids.push((await unwrap(james.loans.issue({ ...terms, date }))).id);
      for (const limit of [1, 3, 7, 50]) {
        const filter = { date_from: date, date_to: date, limit };
        const found = await taken(james.loans.each(filter));
        assert.deepEqual(
          found.map(({ id }) => id),
          ids,
        );
      }
      let first: Loan | undefined;
      for await (const loan of james.loans.each({ date_from: date, limit: 1 })) {
        first = loan;
        break;
      }
      assert.equal(first?.id, ids[0]);
    });

    test('a list that breaks off throws what happened', async () => {
      await assert.rejects(taken(james.loans.each({ after: 'nowhere' })), (thrown) => {
        assert.ok(thrown instanceof JamesError);
        assert.equal(thrown.type, '/problems/invalid-request');
        assert.equal(thrown.status, 400);
        assert.match(thrown.message, /after is no cursor of this list/);
        assert.ok(thrown.message.includes(String(thrown.error.request_id)));
        return true;
      });
    });

    test('asks the book', async () => {
      const dates = { as_of: '2017-12-31' };
      const outstanding = await unwrap(james.book.outstanding(dates));
      const arrears = await unwrap(james.book.arrears({ ...dates, buckets: '30,60' }));
      assert.equal(arrears.total.value, outstanding.value);
      const months = { from: '2017-08-01', to: '2017-12-31', step: 'month' } as const;
      const series = await unwrap(james.book.outstandingSeries(months));
      assert.equal(series.points.at(-1)?.value, outstanding.value);
      assert.equal((await unwrap(james.book.arrearsSeries(months))).points.length, series.points.length);
      const movements = await unwrap(james.book.movements({ from: '2017-08-01', to: '2017-12-31' }));
      assert.equal(movements.closing.value, outstanding.value);
      assert.equal((await unwrap(james.quote(terms))).installment, '85.60');
    });

    test('tells each refusal by its type, as a value', async () => {
      const { id } = await issued('C-3');
      const payment = { payment: 'made', date: '2017-09-05' } as const;
      await unwrap(james.payments.record(id, payment));
      const nobody = '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a';
      const stranger = createJames({ url: service.url, apiKey: 'stranger' });
      const refusals = [
        [await james.loans.issue({ ...terms, reference: 'C-3' }), 'reference-taken', 409],
        [await james.loans.issue({ ...terms, term: 0 }), 'terms-refused', 422],
        [await james.loans.issue({ ...terms, date: 'soon' }), 'invalid-request', 400],
        [await james.loans.get(nobody), 'loan-not-found', 404],
        [await james.loans.reverse(id), 'loan-has-payments', 409],
        [await james.payments.record(id, payment), 'duplicate-payment', 409],
        [await james.payments.record(id, { ...payment, date: '2017-08-01' }), 'before-loan', 422],
        [await james.payments.get(nobody), 'payment-not-found', 404],
        [await james.book.outstanding({ known_at: '2999-01-01' }), 'known-at-in-future', 422],
        [await james.keys.get('nobody'), 'key-not-found', 404],
        [await stranger.loans.get(id), 'unauthorized', 401],
      ] as const;
      for (const [answer, type, status] of refusals) {
        assert.ok(!answer.ok, type);
        assert.equal(answer.error.type, `/problems/${type}`);
        assert.equal(answer.error.status, status);
        assert.equal(answer.error.request_id, answer.call.requestId);
        assert.equal(answer.call.outcomeUnknown, false);
      }
    });

    test('says which field is wrong', async () => {
      const answer = await james.loans.issue({ ...terms, rate: '1e-20', amount: '-1' });
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, '/problems/invalid-request');
      assert.ok(answer.error.errors.some(({ pointer }) => pointer === '/rate'));
    });

    test('keeps keys, and comes in with one that a function gives', async () => {
      const made = await unwrap(james.keys.create({ name: 'branch-7', role: 'viewer' }));
      let secret = made.key;
      const branch = createJames({ url: service.url, apiKey: async () => secret });
      assert.ok((await branch.book.outstanding()).ok);
      const refused = await branch.loans.issue(terms);
      assert.ok(!refused.ok);
      assert.equal(refused.error.type, '/problems/forbidden');
      const rotated = await unwrap(james.keys.rotate('branch-7'));
      secret = rotated.key;
      assert.ok((await branch.book.outstanding()).ok);
      const names = (await taken(james.keys.each({ limit: 1 }))).map(({ name }) => name);
      assert.deepEqual(names, ['branch-7']);
      assert.notEqual((await unwrap(james.keys.revoke('branch-7'))).revoked_at, null);
      const twice = await james.keys.revoke('branch-7');
      assert.ok(!twice.ok);
      assert.equal(twice.error.type, '/problems/key-revoked');
    });

    test('asks about a made-up bank, and is told why there can be none', async () => {
      await issued('C-5');
      const demo = await unwrap(james.demo.get());
      assert.equal(demo.reason, 'book-not-empty');
      const refused = await james.demo.start({ loans: 10 });
      assert.ok(!refused.ok);
      assert.equal(refused.error.type, '/problems/demo-refused');
    });

    test('asks how the server is', async () => {
      assert.equal((await unwrap(james.health())).status, 'ok');
      assert.equal((await unwrap(james.readiness())).status, 'ok');
    });

    test('calls any operation by its method and path', async () => {
      const { id } = await issued('C-4');
      const loan = await unwrap(james.call('get', '/v1/loans/{id}', { params: { path: { id } } }));
      assert.equal(loan.reference, 'C-4');
    });

    test('refuses what can’t be sent before it sends anything', async () => {
      for (const id of ['', '.', '..']) await assert.rejects(james.loans.get(id), TypeError);
      await assert.rejects(james.loans.issue(terms, { idempotencyKey: '' }), /idempotencyKey must be/);
      await assert.rejects(james.loans.list({}, { requestId: 'a b' }), /requestId must be/);
      await assert.rejects(james.loans.list({}, { timeoutMs: 0 }), /timeoutMs must be/);
      await assert.rejects(james.loans.list({}, { retry: { attempts: 0 } }), /retry\.attempts must be/);
      assert.throws(() => createJames({ url: service.url, apiKey: 'a key' }), /apiKey must be/);
      assert.throws(() => createJames({ url: 'james', apiKey: 'key' }), /url is no address/);
      assert.throws(() => createJames({ url: 'ftp://james', apiKey: 'key' }), /http or https/);
      assert.throws(() => createJames({ url: 'http://a:b@james', apiKey: 'key' }), /password/);
      assert.throws(() => createJames({ url: 'http://james/?a', apiKey: 'key' }), /end with its path/);
    });
  });
});
