// Lanes: writers of different lanes don't wait for one another, what belongs to a loan is in its lane, a transaction
// touches one lane (two with idempotency keys), and a batch costs the same few round trips whatever its size.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import { addMonths, dateOf } from '../../../../src/domain/calendar-date.ts';
import { laneOfId } from '../../../../src/store/lanes.ts';
import type { LoanRecord } from '../../../../src/store/store.ts';
import { openStore } from '../../../../src/wiring/engines.ts';
import { onEachEngine, POSTGRES_ENGINES } from '../../../support/engines.ts';
import {
  byId,
  byReference,
  issue,
  issued,
  keyed,
  pay,
  recorded,
  reverse,
  WORKED_LOAN,
  words,
} from '../../../support/ledger-commands.ts';
import { rawRows } from '../../../support/raw-sql.ts';
import { executorOn, type TemporaryLedger, temporaryLedger } from '../../../support/temporary-database.ts';
import { countRoundTrips } from './round-trips.ts';

const LANES = 4;
const SEPTEMBER = dateOf(2017, 9, 5);

/** A loan in each lane. */
async function loanInEachLane({ execute }: TemporaryLedger): Promise<LoanRecord[]> {
  const loans = new Map<number, LoanRecord>();
  for (let number = 0; loans.size < LANES; number++) {
    const loan = await issued(execute, issue(`LC-${number}`));
    loans.set(laneOfId(loan.id, LANES), loan);
  }
  return Array.from({ length: LANES }, (_, lane) => loans.get(lane) as LoanRecord);
}

onEachEngine((engine) => {
  describe('a writer', () => {
    test('waits for nobody in another lane', async () => {
      await using ledger = await temporaryLedger(engine, LANES);
      const loans = await loanInEachLane(ledger);
      const holder = new pg.Client({ connectionString: ledger.database.url });
      await holder.connect();
      try {
        // Another process in the middle of a write on the first loan.
        await holder.query('BEGIN');
        await holder.query('SELECT * FROM loan WHERE id = $1 FOR NO KEY UPDATE', [loans[0]?.id]);
        let isFirstDone = false;
        const first = ledger.execute([pay(byId(loans[0]?.id as string), SEPTEMBER)]).finally(() => {
          isFirstDone = true;
        });
        for (const { id } of loans.slice(1)) {
          assert.deepEqual(words(await ledger.execute([pay(byId(id), SEPTEMBER), issue()])), [
            'recorded',
            'issued',
          ]);
        }
        assert.equal(isFirstDone, false);
        await holder.query('COMMIT');
        assert.deepEqual(words(await first), ['recorded']);
      } finally {
        await holder.end();
      }
    });

    test('touches one lane with a transaction, and a second one only for idempotency keys', async () => {
      await using ledger = await temporaryLedger(engine, LANES, { compacts: false });
      const { execute, database } = ledger;
      const answers = await execute([
        ...Array.from({ length: 40 }, (_, index) => issue(index % 3 === 0 ? `R-${index}` : null)),
        ...Array.from({ length: 40 }, (_, index) => issue(`K-${index}`, keyed(`issue ${index}`))),
      ]);
      const ids = answers.flatMap(({ outcome }) => (outcome.kind === 'issued' ? [outcome.loan.id] : []));
      assert.equal(ids.length, 80);
      const paid = await execute([
        ...ids.map((id, index) => pay(byId(id), SEPTEMBER, index % 2 === 0 ? keyed(`pay ${index}`) : {})),
        ...Array.from({ length: 40 }, (_, index) => pay(byReference(`K-${index}`), addMonths(SEPTEMBER, 1))),
      ]);
      await execute(
        paid
          .slice(0, 30)
          .flatMap(({ outcome }, index) =>
            outcome.kind === 'recorded' ? [reverse(outcome.payment.id, keyed(`reverse ${index}`))] : [],
          ),
      );

      const lanesOf = (tables: readonly string[]) =>
        rawRows(
          database.address,
          `SELECT writer, count(DISTINCT lane) FROM (${tables
            .map((table) => `SELECT xmin::text AS writer, lane FROM ${table}`)
            .join(' UNION ALL ')}) AS rows GROUP BY writer HAVING count(DISTINCT lane) > 1`,
        );
      assert.deepEqual(await lanesOf(['loan', 'payment', 'reversal', 'book_pending']), []);
      assert.deepEqual(await lanesOf(['kept_answer']), []);
      const used = await rawRows(database.address, 'SELECT count(DISTINCT lane), count(*) FROM kept_answer');
      assert.deepEqual(used, [[String(LANES), '110']]);
    });
  });

  test("a loan's records and its changes of the book are in the lane that its id carries", async () => {
    await using ledger = await temporaryLedger(engine, LANES, { compacts: false });
    for (const { id, reference } of await loanInEachLane(ledger)) {
      const lane = laneOfId(id, LANES);
      const before = await rawRows(ledger.database.address, 'SELECT no FROM book_pending');
      const payment = await recorded(ledger.execute, pay(byReference(reference as string), SEPTEMBER));
      await ledger.execute([reverse(payment.id)]);
      const rows = await rawRows(
        ledger.database.address,
        `SELECT DISTINCT lane FROM (
           SELECT lane FROM loan WHERE id = '${id}'
           UNION ALL SELECT lane FROM payment WHERE loan_id = '${id}'
           UNION ALL SELECT lane FROM reversal WHERE loan_id = '${id}'
           UNION ALL SELECT lane FROM book_pending WHERE no > ALL (ARRAY[${[0, ...before].join()}])) AS rows`,
      );
      assert.deepEqual(rows, [[lane]]);
      assert.equal(laneOfId(payment.id, LANES), lane);
    }
  });

  test('a batch costs two round trips, or three where it reverses, whatever its size', async () => {
    await using ledger = await temporaryLedger(engine, 1);
    await using counter = await countRoundTrips(ledger.database.url);
    // Nothing in the background, whose round trips are no batch's.
    const quiet = { compacts: false, countsTables: false };
    const store = await openStore({ engine: 'postgres', url: counter.url }, { pool: 2, ...quiet });
    const execute = executorOn(store, ledger.clock);
    try {
      const trips = async (commands: Parameters<typeof execute>[0]) => {
        counter.take();
        const answers = await execute(commands);
        return { trips: counter.take(), answers };
      };
      await execute([issue()]);
      const payments: string[] = [];
      for (const size of [1, 10, 1000]) {
        const issuing = await trips(
          Array.from({ length: size }, (_, index) => issue(`${size}-${index}`, keyed(`i ${size} ${index}`))),
        );
        assert.equal(issuing.trips, 2, `${size} loans`);
        const paying = await trips(
          issuing.answers.flatMap(({ outcome }, index) =>
            outcome.kind === 'issued'
              ? [pay(byId(outcome.loan.id), SEPTEMBER, keyed(`p ${size} ${index}`))]
              : [],
          ),
        );
        assert.equal(paying.trips, 2, `${size} payments`);
        const ids = paying.answers.flatMap(({ outcome }) =>
          outcome.kind === 'recorded' ? [outcome.payment.id] : [],
        );
        assert.equal(ids.length, size);
        payments.push(...ids);
        const reversing = await trips(ids.map((id) => reverse(id)));
        assert.equal(reversing.trips, 3, `${size} reversals`);
      }
      assert.deepEqual(await execute([issue(null, { terms: WORKED_LOAN })]).then(words), ['issued']);
    } finally {
      await store.close();
    }
  });
}, POSTGRES_ENGINES);
