// The copy of the book: it answers every question as the database does, with everything that any process has committed
// before the question; and where it can't, the database answers.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMonths, dateOf } from '../../../src/domain/calendar-date.ts';
import { BookMirror } from '../../../src/ledger/book-mirror.ts';
import { verify } from '../../../src/ledger/verify.ts';
import { PostgresCompaction } from '../../../src/store/postgres/postgres-compaction.ts';
import { openPool } from '../../../src/store/postgres/postgres-connection.ts';
import type { Store } from '../../../src/store/store.ts';
import { StoreUnavailable } from '../../../src/store/store-errors.ts';
import { auditorOf, openStore } from '../../../src/wiring/engines.ts';
import { onEachEngine, POSTGRES_ENGINES } from '../../support/engines.ts';
import {
  byId,
  issue,
  issued,
  pay,
  reverse,
  reverseLoan,
  WORKED_LOAN,
} from '../../support/ledger-commands.ts';
import { until } from '../../support/polling.ts';
import { rawDamage, rawRows } from '../../support/raw-sql.ts';
import { noonOf, type TemporaryLedger, TODAY, temporaryLedger } from '../../support/temporary-database.ts';

const QUESTIONS = ['bookAsOf', 'bookByDueDate', 'bookSeries', 'bookByDueDateSeries'] as const;

/** A store that counts what it is asked about the book; nothing else of it is another. */
function counting(store: Store): { readonly store: Store; readonly asked: string[] } {
  const asked: string[] = [];
  const counted = new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      if ((QUESTIONS as readonly unknown[]).includes(name)) asked.push(String(name));
      return member.bind(target);
    },
  });
  return { store: counted, asked };
}

interface Mirrored extends AsyncDisposable {
  readonly mirror: BookMirror;
  /** What it left to the store. */
  readonly asked: string[];
}

/** A mirror that has read its book. */
async function mirrored(store: Store): Promise<Mirrored> {
  const { store: counted, asked } = counting(store);
  const mirror = new BookMirror(counted);
  mirror.start();
  await until(async () => mirror.isReady, 'the book has been read');
  return { mirror, asked, [Symbol.asyncDispose]: () => mirror.close() };
}

const DATES = [
  WORKED_LOAN.date - 1,
  WORKED_LOAN.date,
  dateOf(2017, 9, 5),
  dateOf(2017, 10, 31),
  dateOf(2018, 2, 5),
  dateOf(2030, 12, 31),
];
const BOUNDS = [30, 60, 90];

/** Every question of the book that is asked of both, with both answers. */
async function compare(mirror: BookMirror, store: Store): Promise<void> {
  for (const knownAt of [undefined, TODAY - 1, TODAY, TODAY + 1, TODAY + 2, TODAY + 40]) {
    for (const asOf of DATES) {
      assert.deepEqual(await mirror.bookAsOf(asOf, knownAt), await store.bookAsOf(asOf, knownAt));
      const edges = [asOf, asOf - 1, asOf - 90];
      assert.deepEqual(
        await mirror.bookByDueDate(asOf, knownAt, edges),
        await store.bookByDueDate(asOf, knownAt, edges),
      );
    }
    assert.deepEqual(await mirror.bookSeries(DATES, knownAt), await store.bookSeries(DATES, knownAt));
    assert.deepEqual(
      await mirror.bookByDueDateSeries(DATES, knownAt, BOUNDS),
      await store.bookByDueDateSeries(DATES, knownAt, BOUNDS),
    );
  }
}

/** Days of records of every kind, with what was learned late and taken back; compared after each. */
async function liveThrough(
  { execute, clock }: TemporaryLedger,
  afterEach: () => Promise<void>,
): Promise<void> {
  const terms = Array.from({ length: 30 }, (_, index) => ({
    ...WORKED_LOAN,
    amountCents: 999_999_999_999n - BigInt(index * 7),
    installmentCents: 90_000_000_000n + BigInt(index),
    date: WORKED_LOAN.date + index,
  }));
  const loans = await Promise.all(terms.map((some) => issued(execute, issue(null, { terms: some }))));
  await afterEach();
  for (let day = 1; day <= 3; day++) {
    clock.at = noonOf(TODAY + day);
    for (const [index, { id, terms: some }] of loans.slice(0, 20).entries()) {
      const date = addMonths(some.date, ((index + day) % 4) + 1) + (index % 3);
      const outcomes = await execute([pay(byId(id), date)]);
      const [answer] = outcomes;
      if (index % 5 === 0 && answer?.outcome.kind === 'recorded')
        await execute([reverse(answer.outcome.payment.id)]);
    }
    await execute([reverseLoan((loans.at(-day) as { id: string }).id)]);
    await afterEach();
  }
}

onEachEngine((engine) => {
  describe('a copy of the book', () => {
    test('answers as the database does after every record, and leaves it only what was known when it was due', async () => {
      await using ledger = await temporaryLedger(engine);
      await using kept = await mirrored(ledger.store);
      await liveThrough(ledger, () => compare(kept.mirror, ledger.store));
      assert.deepEqual(new Set(kept.asked), new Set(['bookByDueDate', 'bookByDueDateSeries']));
      await using later = await mirrored(ledger.store);
      await compare(later.mirror, ledger.store);
    });

    test('holds what another process committed before the question', async () => {
      await using ledger = await temporaryLedger(engine);
      const reader = await openStore(ledger.database.address);
      try {
        await using kept = await mirrored(reader);
        for (let loans = 1; loans <= 50; loans++) {
          await issued(ledger.execute);
          assert.equal((await kept.mirror.bookAsOf(TODAY, undefined)).volume, loans);
        }
        assert.deepEqual(kept.asked, []);
      } finally {
        await reader.close();
      }
    });

    test('is asked by many at once while others write, and shows each of them all that was acknowledged', async () => {
      await using ledger = await temporaryLedger(engine, 4);
      await using kept = await mirrored(ledger.store);
      let acknowledged = 0;
      let sent = 0;
      const write = async () => {
        while (sent < 300) {
          sent += 3;
          await ledger.execute([issue(), issue(), issue()]);
          acknowledged += 3;
        }
      };
      const ask = async () => {
        while (acknowledged < 300) {
          const before = acknowledged;
          const { volume, valueCents } = await kept.mirror.bookAsOf(TODAY, undefined);
          assert.ok(volume >= before && volume <= sent, `${volume} is not in ${before} … ${sent}`);
          assert.equal(valueCents, BigInt(volume) * 12n * WORKED_LOAN.installmentCents);
          await new Promise(setImmediate);
        }
      };
      await Promise.all([write(), write(), ask(), ask(), ask(), ask(), ask()]);
      assert.deepEqual(kept.asked, []);
    });

    test('that has missed what was rebuilt is made anew, and the database answers meanwhile', async () => {
      await using ledger = await temporaryLedger(engine);
      const { address } = ledger.database;
      await issued(ledger.execute);
      await using kept = await mirrored(ledger.store);
      await rawDamage(address, 'UPDATE book_change SET volume = volume + 7');
      if (address.engine === 'postgres')
        await rawRows(address, 'UPDATE book_pending SET volume = volume + 7');
      assert.equal((await kept.mirror.bookAsOf(TODAY, undefined)).volume, 1, 'no writer added that');
      const nothing = () => undefined;
      await verify({
        auditor: auditorOf(address),
        rebuild: true,
        onLoanDifference: nothing,
        onBookDifference: nothing,
        onDatabaseFault: nothing,
        onProgress: nothing,
      });
      await issued(ledger.execute);
      assert.equal((await kept.mirror.bookAsOf(TODAY, undefined)).volume, 2);
      assert.deepEqual(kept.asked, ['bookAsOf']);
      await until(async () => kept.mirror.isReady, 'the book has been read again');
      assert.equal((await kept.mirror.bookAsOf(TODAY, undefined)).volume, 2);
      assert.deepEqual(kept.asked, ['bookAsOf']);
    });

    test('that was closed before it began reads nothing', async () => {
      await using ledger = await temporaryLedger(engine);
      let lines = 0;
      const mirror = new BookMirror(
        new Proxy(ledger.store, {
          get(target, name) {
            if (name === 'openBookLine') lines++;
            const member = Reflect.get(target, name) as unknown;
            return typeof member === 'function' ? member.bind(target) : member;
          },
        }),
      );
      await mirror.close();
      mirror.start();
      await mirror.close();
      assert.equal(lines, 0);
    });

    test('that can have no line leaves every answer to the database', async () => {
      await using ledger = await temporaryLedger(engine);
      const store = await openStore(ledger.database.address);
      const { store: counted } = counting(store);
      const mirror = new BookMirror(
        new Proxy(counted, {
          get: (target, name) =>
            name === 'openBookLine'
              ? () => Promise.reject(new StoreUnavailable('unreachable', 'no line'))
              : (Reflect.get(target, name) as unknown),
        }),
      );
      mirror.start();
      await issued(ledger.execute);
      assert.equal((await mirror.bookAsOf(TODAY, undefined)).volume, 1);
      assert.equal(mirror.isReady, false);
      await mirror.close();
      await store.close();
    });
  });
});

onEachEngine((engine) => {
  describe('a copy of the book on a server', () => {
    test('misses nothing while compaction goes on under it, or is made anew', async () => {
      await using ledger = await temporaryLedger(engine, 4, { compacts: false });
      const pool = openPool(ledger.database.url, 1);
      const compaction = new PostgresCompaction({
        pool,
        roundMs: 0,
        onFailure: (error) => assert.fail(String(error)),
      });
      try {
        await using kept = await mirrored(ledger.store);
        let loans = 0;
        const volume = async () => (await kept.mirror.bookAsOf(TODAY, undefined)).volume;
        for (const rounds of [0, 1, 0, 1, 1, 2, 1, 3, 0, 5, 1]) {
          await issued(ledger.execute);
          loans++;
          for (let round = 0; round < rounds; round++) await compaction.run();
          assert.equal(await volume(), loans, `${rounds} rounds`);
          await until(async () => kept.mirror.isReady, 'there is a copy');
        }
        assert.ok(kept.asked.length > 0, 'two rounds without a look were too many');
        assert.ok(kept.asked.length <= 3, `one round was not: ${kept.asked.length}`);
      } finally {
        await pool.end();
      }
    });

    test('is made anew where its connection was cut, because the server may have lost what it knew', async () => {
      await using ledger = await temporaryLedger(engine, 4);
      await issued(ledger.execute);
      await using kept = await mirrored(ledger.store);
      await rawRows(
        ledger.database.address,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE '%pg_visible_in_snapshot%' AND pid <> pg_backend_pid()`,
      );
      await issued(ledger.execute);
      assert.equal((await kept.mirror.bookAsOf(TODAY, undefined)).volume, 2);
      assert.deepEqual(kept.asked, ['bookAsOf']);
      await until(async () => kept.mirror.isReady, 'there is a copy again');
      assert.equal((await kept.mirror.bookAsOf(TODAY, undefined)).volume, 2);
      assert.deepEqual(kept.asked, ['bookAsOf']);
    });
  });
}, POSTGRES_ENGINES);
