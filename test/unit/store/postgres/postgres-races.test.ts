// Transactions that get into one another's way: they are tried again, invisibly, but not for ever.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { dateOf } from '../../../../src/domain/calendar-date.ts';
import type { DatabaseAddress } from '../../../../src/store/database-address.ts';
import { openStore } from '../../../../src/wiring/engines.ts';
import { onEachEngine, POSTGRES_ENGINES } from '../../../support/engines.ts';
import { byId, issue, issued, keyed, pay, words } from '../../../support/ledger-commands.ts';
import { until } from '../../../support/polling.ts';
import { rawRows } from '../../../support/raw-sql.ts';
import { assertSound } from '../../../support/sound-book.ts';
import { assertRejectsUnavailable } from '../../../support/store-faults.ts';
import { executorOn, temporaryLedger } from '../../../support/temporary-database.ts';

const SEPTEMBER = dateOf(2017, 9, 5);

/** Makes each insert of a payment fail in a race, the first so many times. */
function failingTimes(times: number): string {
  return `CREATE SEQUENCE tried;
    CREATE FUNCTION lose_the_race() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('tried') <= ${times} THEN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER lose_the_race AFTER INSERT ON payment FOR EACH STATEMENT EXECUTE FUNCTION lose_the_race()`;
}

async function waitingForLocks(address: DatabaseAddress): Promise<number> {
  const waiting = await rawRows(
    address,
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting.length;
}

onEachEngine((engine) => {
  test('a deadlock is tried again, and the caller hears nothing of it', async () => {
    await using ledger = await temporaryLedger(engine, 1);
    const { execute, database } = ledger;
    // Long enough for the other one to be waiting by then, on a busy machine too.
    const [[name]] = (await rawRows(database.address, 'SELECT current_database()')) as [[string]];
    await rawRows(database.address, `ALTER DATABASE "${name}" SET deadlock_timeout = '4s'`);
    const first = await issued(execute, issue('1'));
    const second = await issued(execute, issue('2'));
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      // It is James's transaction that the server ends: the other one looks for deadlocks later.
      await other.query("SET deadlock_timeout = '60s'");
      await other.query('BEGIN');
      await other.query('SELECT * FROM loan WHERE id = $1 FOR UPDATE', [second.id]);
      const paying = execute([pay(byId(first.id), SEPTEMBER), pay(byId(second.id), SEPTEMBER)]);
      await until(
        async () => (await waitingForLocks(database.address)) === 1,
        'James waits for the second loan',
      );
      await other.query('SELECT * FROM loan WHERE id = $1 FOR UPDATE', [first.id]);
      await other.query('COMMIT');
      assert.deepEqual(words(await paying), ['recorded', 'recorded']);
    } finally {
      await other.end();
    }
    const deadlocks = async () =>
      Number(
        (
          await rawRows(
            database.address,
            'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
          )
        )[0]?.[0],
      );
    await until(async () => (await deadlocks()) === 1, 'the server has counted the deadlock');
    await assertSound(database.address);
  });

  test('loans that others change while a batch waits for them are all found', async () => {
    await using ledger = await temporaryLedger(engine, 1);
    const { execute, database } = ledger;
    const issuing = await execute(Array.from({ length: 1_000 }, (_, place) => issue(`R-${place}`)));
    assert.deepEqual(new Set(words(issuing)), new Set(['issued']));
    // The plan of a statement over two loans of a thousand is another one than over an empty table.
    await rawRows(database.address, 'ANALYZE');
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    try {
      for (let round = 0; round < 3; round++) {
        const places = [1, 2, 3].map((place) => 10 * round + place);
        const references = places.map((place) => `R-${place}`);
        await other.query('BEGIN');
        await other.query('UPDATE loan SET rate = rate WHERE reference = ANY($1)', [references]);
        const paying = execute(references.map((reference) => pay({ by: 'reference', reference }, SEPTEMBER)));
        await until(async () => (await waitingForLocks(database.address)) === 1, 'James waits for the loans');
        await other.query('COMMIT');
        assert.deepEqual(words(await paying), ['recorded', 'recorded', 'recorded']);
      }
    } finally {
      await other.end();
    }
    await assertSound(database.address);
  });

  test('a serialization failure is tried again, and what was recorded is there once', async () => {
    await using ledger = await temporaryLedger(engine, 1);
    const { id } = await issued(ledger.execute);
    await rawRows(ledger.database.address, failingTimes(3));
    assert.deepEqual(words(await ledger.execute([pay(byId(id), SEPTEMBER)])), ['recorded']);
    assert.equal((await ledger.store.loanRecords(id))?.payments.length, 1);
    await assertSound(ledger.database.address);
  });

  test('a race that is lost again and again ends as a busy database, with nothing recorded', async () => {
    await using ledger = await temporaryLedger(engine, 1);
    const { id } = await issued(ledger.execute);
    await rawRows(ledger.database.address, failingTimes(1_000_000));
    const error = await assertRejectsUnavailable('busy', ledger.execute([pay(byId(id), SEPTEMBER)]));
    assert.match(error.message, /again and again/);
    const tried = Number((await rawRows(ledger.database.address, 'SELECT last_value FROM tried'))[0]?.[0]);
    assert.ok(tried > 1 && tried < 100, `tried ${tried} times`);
    await rawRows(ledger.database.address, 'DROP TRIGGER lose_the_race ON payment');
    assert.equal((await ledger.store.loanRecords(id))?.payments.length, 0);
    assert.deepEqual(words(await ledger.execute([pay(byId(id), SEPTEMBER)])), ['recorded']);
    await assertSound(ledger.database.address);
  });

  test('two processes that bring one reference, and one key, at once record one loan', async () => {
    await using ledger = await temporaryLedger(engine, 4);
    const stores = await Promise.all([1, 2].map(() => openStore(ledger.database.address)));
    try {
      const executors = stores.map((store) => executorOn(store, ledger.clock));
      for (let round = 0; round < 20; round++) {
        const byReference = await Promise.all(executors.map((execute) => execute([issue(`R-${round}`)])));
        assert.deepEqual(byReference.map((answers) => words(answers)[0]).toSorted(), [
          'issued',
          'reference-taken',
        ]);
        const byKey = await Promise.all(
          executors.map((execute) => execute([issue(null, keyed(`key ${round}`))])),
        );
        assert.deepEqual(byKey.map((answers) => words(answers)[0]).toSorted(), ['issued', 'issued again']);
      }
    } finally {
      await Promise.all(stores.map((store) => store.close()));
    }
    assert.equal(await assertSound(ledger.database.address), 40);
  });
}, POSTGRES_ENGINES);
