// Idempotency keys on a real database: a retry hears the answer that there was and books nothing, also in one batch.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dateOf } from '../../src/domain/calendar-date.ts';
import type { Answer, Refuse } from '../../src/ledger/commands.ts';
import { newId } from '../../src/ledger/ids.ts';
import { ANSWER_LIFETIME_MS } from '../../src/ledger/kept-answers.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import {
  byId,
  byReference,
  issue,
  issued,
  keyed,
  pay,
  recorded,
  reverse,
  reverseLoan,
  words,
} from '../support/ledger-commands.ts';
import { rawRows } from '../support/raw-sql.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);
const OCTOBER = dateOf(2017, 10, 5);

/** From one request of one owner. */
function from(requestId: string, recordedBy = 'key') {
  return { origin: { requestId, recordedBy } };
}

async function keptAnswers({ database }: TemporaryLedger): Promise<number> {
  const [row] = await rawRows(database.address, 'SELECT count(*) FROM kept_answer');
  return Number(row?.[0]);
}

onEachEngine((engine) => {
  describe('a retry', () => {
    test('hears the first answer and whose it was, in one batch and later, and records nothing', async () => {
      await using ledger = await temporaryLedger(engine);
      const command = (requestId: string) => issue(null, { ...keyed('k'), ...from(requestId) });
      const [first, second] = (await ledger.execute([command('one'), command('two')])) as [Answer, Answer];
      assert.equal(first.outcome.kind, 'issued');
      assert.equal(first.replayOf, null);
      assert.deepEqual(second, { outcome: first.outcome, replayOf: 'one' });
      ledger.clock.at = noonOf(TODAY + 1);
      const [third] = await ledger.execute([command('three')]);
      assert.deepEqual(third, { outcome: first.outcome, replayOf: 'one' });
      assert.equal((await ledger.store.bookAsOf(TODAY, undefined)).volume, 1);
      assert.equal((await ledger.store.loans({}, null, 10))?.loans.length, 1);
    });

    test('of each kind of command is answered alike', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const payment = await recorded(ledger.execute, pay(byId(id), SEPTEMBER));
      const refusal: Refuse = {
        kind: 'refuse',
        refusal: { kind: 'terms-refused', faults: [{ field: 'term', reason: 'too-large' }] },
        ...from('refused'),
      };
      const commands = [
        pay(byId(id), OCTOBER, keyed('pay')),
        pay(byId(id), SEPTEMBER + 1, { ...keyed('replace'), replaces: payment.id }),
        pay(byId(id), OCTOBER + 1, keyed('refused')),
        { ...refusal, ...keyed('terms') },
        reverseLoan(id, keyed('not reversed')),
      ];
      const said = [
        'recorded',
        'recorded',
        'refused duplicate',
        'terms-refused',
        'reversal refused has-payments',
      ];
      const first = await ledger.execute(commands);
      assert.deepEqual(words(first), said);
      const before = await ledger.store.loanRecords(id);
      const second = await ledger.execute(commands);
      assert.deepEqual(
        words(second),
        said.map((word) => `${word} again`),
      );
      assert.deepEqual(
        second.map(({ outcome }) => outcome),
        first.map(({ outcome }) => outcome),
      );
      assert.deepEqual(await ledger.store.loanRecords(id), before);

      const october = first[0]?.outcome;
      assert.ok(october?.kind === 'recorded');
      const reversals = [reverse(october.payment.id, keyed('reverse')), reverse(october.payment.id)];
      assert.deepEqual(words(await ledger.execute(reversals)), [
        'payment-reversed',
        'reversal refused already-reversed',
      ]);
      assert.deepEqual(words(await ledger.execute(reversals)), [
        'payment-reversed again',
        'reversal refused already-reversed',
      ]);
    });

    test('is answered as then, though the loan has gone on since', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const retried = pay(byId(id), SEPTEMBER, keyed('k'));
      const [first] = (await ledger.execute([retried])) as [Answer];
      assert.ok(first.outcome.kind === 'recorded');
      await ledger.execute([reverse(first.outcome.payment.id), reverseLoan(id)]);
      const [again] = (await ledger.execute([retried])) as [Answer];
      assert.deepEqual(again.outcome, first.outcome);
    });
  });

  describe('a key', () => {
    test('that comes with another request is refused, and leaves the kept answer', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const first = pay(byId(id), SEPTEMBER, keyed('k'));
      const other = pay(byId(id), OCTOBER, keyed('k', { fingerprint: 'another body' }));
      assert.deepEqual(words(await ledger.execute([first, other, first])), [
        'recorded',
        'key-used',
        'recorded again',
      ]);
      assert.deepEqual(words(await ledger.execute([other, first])), ['key-used', 'recorded again']);
      assert.equal((await ledger.store.loanById(id))?.paymentsMade, 1);
    });

    test('is its owner’s: another owner’s same key is another, though the names run together', async () => {
      await using ledger = await temporaryLedger(engine);
      const commands = [
        issue(null, { ...keyed('k'), ...from('1', 'a') }),
        issue(null, { ...keyed('k'), ...from('2', 'b') }),
        issue(null, { ...keyed('b k'), ...from('3', 'a') }),
        issue(null, { ...keyed('K'), ...from('5', 'a') }),
      ];
      assert.deepEqual(words(await ledger.execute(commands)), Array(4).fill('issued'));
      assert.deepEqual(words(await ledger.execute(commands)), Array(4).fill('issued again'));
      const later = issue(null, { ...keyed('k'), ...from('4', 'a b') });
      assert.deepEqual(words(await ledger.execute([later])), ['issued']);
    });

    test('under which nothing was decided is free for the next try', async () => {
      await using ledger = await temporaryLedger(engine);
      const early = pay(byReference('LC-1'), SEPTEMBER, keyed('k'));
      assert.deepEqual(words(await ledger.execute([early, reverse(newId(), keyed('r')), early])), [
        'unknown-loan',
        'unknown-payment',
        'unknown-loan',
      ]);
      assert.equal(await keptAnswers(ledger), 0);
      assert.deepEqual(words(await ledger.execute([issue('LC-1'), early, early])), [
        'issued',
        'recorded',
        'recorded again',
      ]);
    });

    test('that keeps conflicts only is free after any other refusal', async () => {
      await using ledger = await temporaryLedger(engine);
      const { id } = await issued(ledger.execute, issue('LC-1'));
      const conflicts = { keeps: 'conflicts' } as const;
      const wrong = pay(byId(id), SEPTEMBER, { ...keyed('k', conflicts), amountCents: 1n });
      assert.deepEqual(words(await ledger.execute([wrong, wrong])), [
        'refused wrong-amount',
        'refused wrong-amount',
      ]);
      const right = pay(byId(id), SEPTEMBER, keyed('k', { ...conflicts, fingerprint: 'right' }));
      const duplicate = pay(byId(id), SEPTEMBER, keyed('d', conflicts));
      const commands = [right, right, duplicate, duplicate];
      assert.deepEqual(words(await ledger.execute(commands)), [
        'recorded',
        'recorded again',
        'refused duplicate',
        'refused duplicate again',
      ]);
    });
  });

  describe('a kept answer', () => {
    test('lives for 30 days to the millisecond, and is then decided anew and kept again', async () => {
      await using ledger = await temporaryLedger(engine);
      assert.equal(ANSWER_LIFETIME_MS, 30 * 86_400_000);
      const start = ledger.clock.at;
      const command = issue(null, keyed('k'));
      const other = issue(null, keyed('k', { fingerprint: 'another body' }));
      await ledger.execute([command]);
      ledger.clock.at = start + ANSWER_LIFETIME_MS;
      assert.deepEqual(words(await ledger.execute([command, other])), ['issued again', 'key-used']);
      ledger.clock.at = start + ANSWER_LIFETIME_MS + 1;
      assert.deepEqual(words(await ledger.execute([other, other, command])), [
        'issued',
        'issued again',
        'key-used',
      ]);
      ledger.clock.at += ANSWER_LIFETIME_MS;
      assert.deepEqual(words(await ledger.execute([other])), ['issued again']);
      assert.equal(await keptAnswers(ledger), 1);
    });

    test('that has expired goes with later ones of its lane, and none that lives does', async () => {
      await using ledger = await temporaryLedger(engine, 1);
      const keys = (from: number, count: number) =>
        Array.from({ length: count }, (_, index) => issue(null, keyed(`key ${from + index}`)));
      await ledger.execute(keys(0, 10));
      ledger.clock.at += ANSWER_LIFETIME_MS;
      await ledger.execute(keys(10, 1));
      assert.equal(await keptAnswers(ledger), 11);
      ledger.clock.at += 1;
      await ledger.execute(keys(11, 4));
      await ledger.execute(keys(15, 1));
      assert.equal(await keptAnswers(ledger), 6);
      assert.deepEqual(new Set(words(await ledger.execute(keys(10, 6)))), new Set(['issued again']));
    });
  });
}, EVERY_ENGINE);
