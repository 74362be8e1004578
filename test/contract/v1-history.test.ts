// GET /v1/loans/:id/history: every record of a loan in the order in which the bank learned of it: what, effective when,
// recorded when, by which request and under which key.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { developmentTokens, jamesClient } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';
import { assertProblem, instant, textOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { listed, pageOf, reverseLoan, reversePayment } from '../support/v1-steps.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;

  before(async () => {
    service = await startService({ engine, env: { API_KEY: 'the-key-of-the-settings' } });
    client = v1Client(service.url);
  });
  after(async () => {
    await service?.stop();
  });

  function as(requestId: string, key = 'secretkeydev') {
    return { key, headers: { 'x-request-id': requestId } };
  }

  describe('a history', () => {
    test('has each record with its effective date, its request and its key, in order', async () => {
      const issued = await client.issue({ date: '2017-08-31' }, as('r-issue'));
      const id = textOf(issued, 'id');
      const late = textOf(await client.pay(id, '2017-11-05', {}, as('r-made', 'seekrit')), 'id');
      const missed = textOf(await client.pay(id, '2017-09-30', { payment: 'missed' }, as('r-missed')), 'id');
      const reversed = await reversePayment(
        client,
        late,
        { reason: 'bounced' },
        as('r-back', 'the-key-of-the-settings'),
      );
      assert.equal(reversed.status, 201, reversed.text);
      const replacing = await client.pay(id, '2017-09-29', { replaces: missed }, as('r-replace'));
      const made = textOf(replacing, 'id');
      await reversePayment(client, made, undefined, as('r-back-2'));
      assert.equal((await reverseLoan(client, id, { reason: 'twice' }, as('r-loan'))).status, 201);

      const history = await listed(client, `/v1/loans/${id}/history`);
      const shown = history.map((entry) => [
        entry['sequence'],
        entry['kind'],
        entry['date'],
        entry['payment_id'],
        entry['reason'],
        entry['request_id'],
      ]);
      assert.deepEqual(shown, [
        [1, 'issued', '2017-08-31', null, null, 'r-issue'],
        [2, 'made', '2017-11-05', late, null, 'r-made'],
        [3, 'missed', '2017-09-30', missed, null, 'r-missed'],
        [4, 'payment_reversed', '2017-11-05', late, 'bounced', 'r-back'],
        [5, 'payment_reversed', '2017-09-30', missed, null, 'r-replace'],
        [6, 'made', '2017-09-29', made, null, 'r-replace'],
        [7, 'payment_reversed', '2017-09-29', made, null, 'r-back-2'],
        [8, 'loan_reversed', '2017-08-31', null, 'twice', 'r-loan'],
      ]);

      const names = history.map((entry) => entry['recorded_by']);
      assert.equal(names[1] === names[0], false, 'keys have names of their own');
      assert.equal(new Set([names[0], names[1], names[3]]).size, 3);
      for (const index of [2, 4, 5, 6, 7]) assert.equal(names[index], names[0]);
      assert.doesNotMatch(JSON.stringify(history), /secretkeydev|"seekrit"|the-key-of-the-settings/);

      const instants = history.map((entry) => String(entry['recorded_at']));
      for (const [index, at] of instants.entries()) {
        assert.match(at, instant);
        assert.equal(history[index]?.['recorded_on'], at.slice(0, 10), 'the bank is in UTC');
      }
      assert.deepEqual([...instants].sort(), instants);
      assert.equal(instants[0], textOf(issued, 'recorded_at'));
      assert.equal(instants[3], textOf(reversed, 'reversed_at'));
      assert.equal(new Set(history.map((entry) => entry['id'])).size, history.length);
    });

    test('has what the James surface recorded too', async () => {
      const james = jamesClient(client.url, developmentTokens.seekrit);
      const headers = { 'x-request-id': 'r-james' };
      const issued = await james.issue({}, { headers });
      const { loan_id: id } = issued.json as { loan_id: string };
      await james.pay({ id, installment: '85.6' }, '2017-09-05', {}, { headers });
      const history = await listed(client, `/v1/loans/${id}/history`);
      assert.deepEqual(
        history.map((entry) => [entry['kind'], entry['date'], entry['request_id']]),
        [
          ['issued', '2017-08-05', 'r-james'],
          ['made', '2017-09-05', 'r-james'],
        ],
      );
      assert.equal(new Set(history.map((entry) => entry['recorded_by'])).size, 1);
    });

    test('has nothing of what was refused', async () => {
      const loan = await client.loan();
      await client.paid(loan.id, '2017-09-05');
      await client.pay(loan.id, '2017-09-06');
      await client.pay(loan.id, '2017-10-06', { amount: '1.00' });
      await reverseLoan(client, loan.id);
      assert.equal((await listed(client, `/v1/loans/${loan.id}/history`)).length, 2);
    });

    test('comes in pages that go on where the one before ended, whatever is recorded meanwhile', async () => {
      const loan = await client.loan({ term: 24 });
      for (const month of ['2018-01', '2018-03', '2018-02']) await client.paid(loan.id, `${month}-05`);
      const path = `/v1/loans/${loan.id}/history`;
      const whole = (await pageOf(client, path)).data;
      assert.equal((await pageOf(client, path, { limit: '4' })).next, null);
      const seen = await listed(client, path, { limit: '1' }, async (page) => {
        if (page <= 3) await client.paid(loan.id, `2018-0${page + 3}-05`);
      });
      assert.deepEqual(seen.slice(0, whole.length), whole);
      const entries = await listed(client, path, { limit: '2' });
      assert.deepEqual(entries, seen);
      assert.deepEqual(
        entries.map((entry) => entry['sequence']),
        entries.map((_, index) => index + 1),
      );
    });

    test('refuses a cursor or limit that is none, and knows no other loan', async () => {
      const loan = await client.loan();
      const path = `/v1/loans/${loan.id}/history`;
      for (const [query, pointer] of [
        ['after=x', 'after'],
        ['after=', 'after'],
        [`after=${(await client.loan()).id}`, 'after'],
        ['limit=0', 'limit'],
        ['limit=501', 'limit'],
        ['limit=x', 'limit'],
        ['known_at=2017-01-01', 'known_at'],
      ] as const) {
        assertProblem(await client.get(`${path}?${query}`), 400, 'invalid-request', [pointer], query);
      }
      const unknown = '/v1/loans/019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a/history';
      assertProblem(await client.get(unknown), 404, 'loan-not-found');
    });
  });
});
