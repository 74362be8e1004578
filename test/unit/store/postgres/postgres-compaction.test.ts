// Compaction of the book: whatever happens to it, and whenever, no answer changes.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import { type BookSums, NO_SUMS } from '../../../../src/domain/book.ts';
import { DATE_MAX, dateOf } from '../../../../src/domain/calendar-date.ts';
import { PostgresCompaction } from '../../../../src/store/postgres/postgres-compaction.ts';
import { openPool } from '../../../../src/store/postgres/postgres-connection.ts';
import { openStore } from '../../../../src/wiring/engines.ts';
import { onEachEngine, POSTGRES_ENGINES } from '../../../support/engines.ts';
import {
  byId,
  issue,
  issued,
  pay,
  recorded,
  reverse,
  WORKED_LOAN,
} from '../../../support/ledger-commands.ts';
import { until } from '../../../support/polling.ts';
import { rawRows } from '../../../support/raw-sql.ts';
import { assertSound } from '../../../support/sound-book.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../../../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);
const BY_HAND = { compacts: false } as const;

/** Compactions on connections of their own, as of so many processes; a failure is thrown by `run`. */
async function compacting<Result>(
  { database }: TemporaryLedger,
  processes: number,
  work: (compactions: readonly PostgresCompaction[]) => Promise<Result>,
): Promise<Result> {
  const pools = Array.from({ length: processes }, () => openPool(database.url, 1));
  try {
    return await work(
      pools.map(
        (pool) =>
          new PostgresCompaction({ pool, roundMs: 0, onFailure: (error) => assert.fail(String(error)) }),
      ),
    );
  } finally {
    for (const pool of pools) await pool.end();
  }
}

/** What the first round saw the second one moves. */
async function twoRounds(compaction: PostgresCompaction | undefined): Promise<void> {
  await compaction?.run();
  await compaction?.run();
}

async function pending({ database }: TemporaryLedger): Promise<number> {
  return Number((await rawRows(database.address, 'SELECT count(*) FROM book_pending'))[0]?.[0]);
}

/** Loans and payments of three days, one payment backdated and one reversed. */
async function withHistory(ledger: TemporaryLedger): Promise<void> {
  const { execute, clock } = ledger;
  const loans = await Promise.all(
    Array.from({ length: 20 }, (_, index) => issued(execute, issue(`LC-${index}`))),
  );
  clock.at = noonOf(TODAY + 1);
  const paid = await Promise.all(
    loans.map(({ id }) => recorded(execute, pay(byId(id), dateOf(2017, 10, 5)))),
  );
  clock.at = noonOf(TODAY + 2);
  await execute(loans.slice(0, 9).map(({ id }) => pay(byId(id), SEPTEMBER)));
  await execute(paid.slice(0, 5).map(({ id }) => reverse(id)));
}

/** Every kind of answer about the book, on dates before, in and after its life, as known on each day and now. */
async function answers({ store }: TemporaryLedger): Promise<unknown> {
  const dates = [
    WORKED_LOAN.date - 1,
    WORKED_LOAN.date,
    SEPTEMBER,
    dateOf(2017, 10, 31),
    dateOf(2018, 12, 31),
  ];
  const all: unknown[] = [];
  for (const knownAt of [undefined, TODAY - 1, TODAY, TODAY + 1, TODAY + 2]) {
    for (const asOf of dates) {
      all.push(
        await store.bookAsOf(asOf, knownAt),
        await store.bookByDueDate(asOf, knownAt, [asOf, asOf - 30]),
      );
    }
    all.push(await store.bookSeries(dates, knownAt), await store.bookByDueDateSeries(dates, knownAt, [30]));
    all.push(await store.bookMovements(SEPTEMBER, dateOf(2017, 12, 31), knownAt));
  }
  return all;
}

onEachEngine((engine) => {
  describe('compaction', () => {
    test('moves everything that is pending, and no answer changes', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      await withHistory(ledger);
      const before = await answers(ledger);
      const rows = await pending(ledger);
      assert.ok(rows > 20, `${rows} pending`);
      await compacting(ledger, 1, async ([compaction]) => twoRounds(compaction));
      assert.equal(await pending(ledger), 0);
      assert.deepEqual(await answers(ledger), before);
      await assertSound(ledger.database.address);
      // Further changes meet rows that are there already.
      ledger.clock.at = noonOf(TODAY + 3);
      const { id } = await issued(ledger.execute);
      await ledger.execute([pay(byId(id), SEPTEMBER)]);
      const after = await answers(ledger);
      await compacting(ledger, 1, async ([compaction]) => twoRounds(compaction));
      assert.deepEqual(await answers(ledger), after);
      await assertSound(ledger.database.address);
    });

    test('leaves no row of what has come to nothing', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      const { id } = await issued(ledger.execute);
      const october = dateOf(2017, 10, 5);
      await ledger.execute([pay(byId(id), october)]);
      await compacting(ledger, 1, async ([compaction]) => {
        const firstDueInOctober = () =>
          rawRows(
            ledger.database.address,
            `SELECT cause, value FROM book_change WHERE effective_on = ${october} AND due_on = ${SEPTEMBER}`,
          );
        await twoRounds(compaction);
        assert.deepEqual(await firstDueInOctober(), [['paid', '-102720']]);
        // The first installment was paid in September after all: in October nothing of it was left to pay.
        await ledger.execute([pay(byId(id), SEPTEMBER)]);
        await twoRounds(compaction);
        assert.deepEqual(await firstDueInOctober(), []);
      });
      await assertSound(ledger.database.address);
    });

    test('moves nothing that was not visible as the round before began', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      await issued(ledger.execute);
      const rows = await pending(ledger);
      await compacting(ledger, 1, async ([compaction]) => {
        assert.deepEqual(await compaction?.run(), { moved: 0, left: true });
        await issued(ledger.execute);
        assert.deepEqual(await compaction?.run(), { moved: rows, left: true });
        assert.deepEqual(await compaction?.run(), { moved: rows, left: false });
        assert.deepEqual(await compaction?.run(), { moved: 0, left: false });
      });
      await assertSound(ledger.database.address);
    });

    test('begins a round only when the last one is old enough, whoever began it', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      await issued(ledger.execute);
      const round = async () =>
        (await rawRows(ledger.database.address, 'SELECT round FROM book_round'))[0]?.[0];
      await compacting(ledger, 1, async ([compaction]) => compaction?.run());
      const begun = await round();
      const pool = openPool(ledger.database.url, 1);
      const onFailure = (error: unknown) => assert.fail(String(error));
      await new PostgresCompaction({ pool, onFailure, roundMs: 3_600_000 }).run();
      assert.equal(await round(), begun);
      await pool.end();
    });

    test('takes changes over that came with a dump from another server, and whose transactions are yet to come', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      const { address } = ledger.database;
      await issued(ledger.execute);
      await rawRows(address, `UPDATE book_pending SET transaction = '900000000000'`);
      const before = await rawRows(address, 'SELECT round FROM book_round');
      await compacting(ledger, 1, async ([compaction]) => {
        await twoRounds(compaction);
        await compaction?.run();
      });
      assert.equal(await pending(ledger), 0);
      const after = await rawRows(address, 'SELECT round FROM book_round');
      assert.ok(Number(after[0]?.[0]) >= Number(before[0]?.[0]) + 3, 'whoever keeps up reads the book anew');
      await assertSound(address);
    });

    test('takes more than one transaction for more than 20,000 changes, and loses none', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      await rawRows(
        ledger.database.address,
        `INSERT INTO book_pending (lane, recorded_on, effective_on, due_on, cause, value, principal, volume)
         SELECT no % 4, ${TODAY}, ${SEPTEMBER}, ${SEPTEMBER} + no % 7, 'issued', 3, 2, 1
         FROM generate_series(1, 45000) AS numbers (no)`,
      );
      const right: BookSums = { valueCents: 135_000n, principalCents: 90_000n, volume: 45_000 };
      await compacting(ledger, 1, async ([compaction]) => twoRounds(compaction));
      assert.equal(await pending(ledger), 0);
      assert.deepEqual(await ledger.store.bookAsOf(DATE_MAX, undefined), right);
      assert.deepEqual(await ledger.store.bookAsOf(SEPTEMBER, TODAY), right);
      const writers = await rawRows(
        ledger.database.address,
        'SELECT count(DISTINCT xmin::text) FROM book_change',
      );
      assert.deepEqual(writers, [['1']], 'each transaction changed every row, the last one last');
    });

    test('by several processes at once moves each change once', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      await withHistory(ledger);
      const before = await answers(ledger);
      await compacting(ledger, 4, async (compactions) => {
        for (let round = 0; round < 5; round++)
          await Promise.all(compactions.map((compaction) => compaction.run()));
      });
      assert.equal(await pending(ledger), 0);
      assert.deepEqual(await answers(ledger), before);
      await assertSound(ledger.database.address);
    });

    test('that is ended halfway has done nothing, and the next one does it', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      const { address, url } = ledger.database;
      await withHistory(ledger);
      await compacting(ledger, 1, async ([compaction]) => twoRounds(compaction));
      const { id } = await issued(ledger.execute);
      await ledger.execute([pay(byId(id), SEPTEMBER)]);
      const before = await answers(ledger);
      const rows = await pending(ledger);

      // Held by this test, the table that compaction adds to stops it in the middle of its work.
      const holder = new pg.Client({ connectionString: url });
      await holder.connect();
      await holder.query('BEGIN; LOCK TABLE book_change IN EXCLUSIVE MODE');
      await compacting(ledger, 1, async ([compaction]) => {
        const ended = assert.rejects(async () => compaction?.run());
        await until(async () => {
          const ends = await rawRows(
            address,
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH moved%'`,
          );
          return ends.length === 1;
        }, 'compaction waits for the lock');
        await ended;
      });
      await holder.end();

      assert.equal(await pending(ledger), rows);
      assert.deepEqual(await answers(ledger), before);
      await assertSound(address);
      await compacting(ledger, 1, async ([compaction]) => twoRounds(compaction));
      assert.equal(await pending(ledger), 0);
      assert.deepEqual(await answers(ledger), before);
      await assertSound(address);
    });

    test('while others write and ask shows every question each change once', async () => {
      await using ledger = await temporaryLedger(engine, 4, BY_HAND);
      const { store, execute } = ledger;
      const loans = 400;
      let answered = 0;
      let sent = 0;
      let writing = true;
      const write = async () => {
        while (sent < loans) {
          const batch = Array.from({ length: 4 }, () => issue());
          sent += batch.length;
          await execute(batch);
          answered += batch.length;
        }
      };
      const ask = async (question: () => Promise<BookSums>) => {
        while (writing) {
          const before = answered;
          const { volume, valueCents } = await question();
          const after = sent;
          assert.ok(volume >= before && volume <= after, `${volume} is not between ${before} and ${after}`);
          assert.equal(valueCents, BigInt(volume) * 12n * WORKED_LOAN.installmentCents);
        }
      };
      await compacting(ledger, 2, async (compactions) => {
        const compact = async (compaction: PostgresCompaction) => {
          while (writing) await compaction.run();
        };
        const others = Promise.all([
          ask(() => store.bookAsOf(DATE_MAX, undefined)),
          ask(() => store.bookAsOf(SEPTEMBER, TODAY)),
          ask(async () => (await store.bookByDueDate(SEPTEMBER, undefined, []))[0] ?? NO_SUMS),
          ask(async () => (await store.bookSeries([SEPTEMBER], TODAY))[0] ?? NO_SUMS),
          ...compactions.map(compact),
        ]);
        try {
          await Promise.all([write(), write(), write()]);
        } finally {
          writing = false;
        }
        await others;
        await twoRounds(compactions[0]);
      });
      assert.equal(await pending(ledger), 0);
      assert.equal((await store.bookAsOf(DATE_MAX, undefined)).volume, sent);
      await assertSound(ledger.database.address);
    });

    test('runs by itself in a process that writes, and takes what another process has left', async () => {
      await using left = await temporaryLedger(engine, 4, BY_HAND);
      await withHistory(left);
      assert.ok((await pending(left)) > 0);
      const store = await openStore(left.database.address);
      try {
        await until(async () => (await pending(left)) === 0, 'nothing is pending');
      } finally {
        await store.close();
      }
    });
  });
}, POSTGRES_ENGINES);
