// How the client goes on when the way to James is bad: through a gateway that loses answers, cuts connections and stalls.
// Whatever happens, a write is recorded once at most, and the call says whether it may have been.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createJames, type James, type Retrying, unwrap } from '../../client/src/index.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Fate, type FaultyGateway, faultyGateway } from '../support/faulty-gateway.ts';
import { type Service, startService } from '../support/service.ts';
import { developmentKey } from '../support/v1-client.ts';

const terms = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' } as const;
const retry = { attempts: 4, firstPauseMs: 1, longestPauseMs: 10 };
const NGINX_502: Fate = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Bad Gateway</h1>',
};

onEachEngine((engine) => {
  describe('the client over a bad line', () => {
    let service: Service;
    let gateway: FaultyGateway;
    let james: James;
    let retries: Retrying[];

    before(async () => {
      service = await startService({ engine });
      gateway = await faultyGateway(service.url, '/bank/james');
      const onRetry = (retrying: Retrying) => retries.push(retrying);
      james = createJames({ url: gateway.url, apiKey: developmentKey, retry, onRetry });
    });
    after(async () => {
      await gateway?.[Symbol.asyncDispose]();
      await service?.stop();
    });

    function fates(...coming: readonly Fate[]): void {
      retries = [];
      gateway.fates(...coming);
    }

    /** How many loans were issued in a month of their own. */
    async function countOn(date: string): Promise<number> {
      fates();
      return (await Array.fromAsync(james.loans.each({ date_from: date, date_to: date }))).length;
    }

    const months: readonly (readonly [date: string, ...fates: readonly Fate[]])[] = [
      ['2011-01-01', 'lose-answer'],
      ['2011-02-01', 'cut', 'lose-answer', NGINX_502],
      ['2011-03-01', { status: 503 }, { status: 504 }, 'lose-answer'],
      ['2011-04-01', { status: 429, headers: { 'retry-after': '0' } }, 'lose-answer'],
    ];
    for (const [date, ...faults] of months) {
      test(`issues a loan once through: ${faults.map((fate) => JSON.stringify(fate)).join(', ')}`, async () => {
        fates(...faults);
        const answer = await james.loans.issue({ ...terms, date });
        assert.ok(answer.ok);
        assert.equal(answer.call.attempts, faults.length + 1);
        assert.equal(answer.call.replayed, faults.includes('lose-answer'));
        assert.equal(answer.call.outcomeUnknown, false);
        assert.equal(retries.length, faults.length);
        assert.ok(retries.every(({ operation }) => operation === 'post /v1/loans'));
        const sent = gateway.seen.map(({ body, headers }) => [body, headers['idempotency-key']]);
        for (const each of sent) assert.deepEqual(each, sent[0]);
        assert.equal(sent[0]?.[1], answer.call.idempotencyKey);
        assert.equal(await countOn(date), 1);
      });
    }

    test('gives up after its attempts, and says that the loan may be there', async () => {
      const date = '2011-05-01';
      fates('lose-answer', 'cut', 'cut', 'cut');
      const answer = await james.loans.issue({ ...terms, date });
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, 'network-failure');
      assert.equal(answer.call.status, null);
      assert.equal(answer.call.attempts, retry.attempts);
      assert.equal(answer.call.outcomeUnknown, true);
      assert.equal(await countOn(date), 1);
      const { idempotencyKey } = answer.call;
      assert.ok(idempotencyKey !== null);
      const again = await james.loans.issue({ ...terms, date }, { idempotencyKey });
      assert.ok(again.ok && again.call.replayed);
      assert.equal(await countOn(date), 1);
    });

    test('keeps a refusal that was lost: the retry is answered with it', async () => {
      const { id } = await unwrap(james.loans.issue(terms));
      await unwrap(james.payments.record(id, { payment: 'made', date: '2017-09-05' }));
      fates('lose-answer');
      const answer = await james.payments.record(id, { payment: 'made', date: '2017-09-06' });
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, '/problems/duplicate-payment');
      assert.equal(answer.call.attempts, 2);
      assert.equal(answer.call.outcomeUnknown, false);
    });

    test('sends nothing again that has no key and may have been recorded', async () => {
      fates('lose-answer');
      const answer = await james.keys.create({ name: 'lost', role: 'viewer' });
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, 'network-failure');
      assert.equal(answer.call.attempts, 1);
      assert.equal(answer.call.idempotencyKey, null);
      assert.equal(answer.call.outcomeUnknown, true);
      fates({ status: 502 });
      assert.equal((await james.keys.create({ name: 'lost-2', role: 'viewer' })).call.attempts, 1);
    });

    test('sends it again where James surely did not look at it', async () => {
      const overloaded = JSON.stringify({ type: '/problems/overloaded', title: 'x', status: 503 });
      const headers = { 'content-type': 'application/problem+json', 'retry-after': '0' };
      fates({ status: 503, headers, body: overloaded }, { status: 429 });
      const answer = await james.keys.create({ name: 'twice', role: 'viewer' });
      assert.ok(answer.ok);
      assert.equal(answer.call.attempts, 3);
    });

    test('asks again for what it only reads', async () => {
      fates('cut', 'lose-answer', { status: 503 });
      const answer = await james.book.outstanding({ as_of: '2017-12-31' });
      assert.ok(answer.ok);
      assert.equal(answer.call.attempts, 4);
      assert.ok(gateway.seen.every(({ headers }) => headers['idempotency-key'] === undefined));
    });

    test('takes a 500 and a 400 as they are', async () => {
      for (const status of [500, 400, 401, 403, 404, 408, 409]) {
        fates({ status, body: 'no' });
        const answer = await james.loans.issue({ ...terms, date: '2011-06-01' });
        assert.ok(!answer.ok);
        assert.equal(answer.error.type, 'unexpected-answer');
        assert.equal(answer.error.status, status);
        assert.equal(answer.call.attempts, 1);
        assert.equal(answer.call.outcomeUnknown, status === 500);
      }
    });

    test('waits for as long as Retry-After says, and not at all where there is no time for that', async () => {
      fates({ status: 503, headers: { 'retry-after': '1' } });
      assert.ok((await james.book.outstanding()).ok);
      assert.ok((retries[0]?.pauseMs ?? 0) >= 1000, JSON.stringify(retries));
      fates({ status: 429, headers: { 'retry-after': '3600' } });
      const answer = await james.book.outstanding();
      assert.ok(!answer.ok);
      assert.equal(answer.error.status, 429);
      assert.deepEqual([answer.call.attempts, retries.length], [1, 0]);
    });

    test('does not wait for ever', async () => {
      fates('hang', 'hang', 'hang', 'hang');
      const answer = await james.loans.issue({ ...terms, date: '2011-07-01' }, { timeoutMs: 300 });
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, 'timed-out');
      assert.equal(answer.call.outcomeUnknown, true);
      const patient = createJames({
        url: gateway.url,
        apiKey: developmentKey,
        retry,
        attemptTimeoutMs: 2000,
      });
      fates('hang');
      const second = await patient.loans.issue({ ...terms, date: '2011-07-01' });
      assert.ok(second.ok);
      assert.ok(second.call.attempts > 1);
      assert.equal(await countOn('2011-07-01'), 1);
    });

    test('stops when its caller says so, also within a pause', async () => {
      const aborting = new AbortController();
      fates('hang');
      const hanging = james.book.outstanding({}, { signal: aborting.signal });
      setTimeout(() => aborting.abort(new Error('enough')), 50);
      const answer = await hanging;
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, 'aborted');
      assert.equal(answer.error.detail, 'enough');

      fates({ status: 503, headers: { 'retry-after': '60' } });
      const signal = AbortSignal.timeout(100);
      const paused = await james.book.outstanding({}, { signal });
      assert.ok(!paused.ok);
      assert.equal(paused.error.type, 'aborted');

      fates();
      const late = await james.loans.issue(terms, { signal });
      assert.ok(!late.ok);
      assert.deepEqual(
        [late.error.type, late.call.attempts, late.call.outcomeUnknown],
        ['aborted', 0, false],
      );
      assert.equal(gateway.seen.length, 0);
    });

    test('follows no redirect with its key', async () => {
      fates({ status: 307, headers: { location: `${service.url}/v1/book/outstanding` } });
      const answer = await james.book.outstanding();
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, 'unexpected-answer');
      assert.equal(gateway.seen.length, 1);
    });

    test('takes a page of HTML for no answer, whatever its status', async () => {
      const headers = { 'content-type': 'text/html' };
      fates({ status: 200, headers, body: '<h1>Log in</h1>' });
      const answer = await james.book.outstanding();
      assert.ok(!answer.ok && answer.error.type === 'unexpected-answer');
      assert.equal(answer.error.body, '<h1>Log in</h1>');
      assert.equal(answer.error.status, 200);
    });

    test('reaches nobody where nobody is, and says why', async () => {
      const gone = await faultyGateway(service.url);
      await gone[Symbol.asyncDispose]();
      const nobody = createJames({ url: gone.url, apiKey: developmentKey, retry });
      const answer = await nobody.keys.create({ name: 'nobody', role: 'viewer' });
      assert.ok(!answer.ok);
      assert.equal(answer.error.type, 'network-failure');
      // Nothing listens there, so nothing was sent, and sending it again is safe even without a key.
      assert.deepEqual([answer.call.attempts, answer.call.outcomeUnknown], [retry.attempts, false]);
    });
  });
});
