// A young bank's tables are counted as they grow, so that no plan for empty tables outlives them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachEngine, POSTGRES_ENGINES } from '../../../support/engines.ts';
import { issue } from '../../../support/ledger-commands.ts';
import { until } from '../../../support/polling.ts';
import { rawRows } from '../../../support/raw-sql.ts';
import { temporaryLedger } from '../../../support/temporary-database.ts';

const LOANS = 600;

onEachEngine((engine) => {
  test('the server counts a table that this process has filled', async () => {
    await using ledger = await temporaryLedger(engine, 1);
    const { execute, database } = ledger;
    // The server's own count, once a minute, must not be what is seen.
    await rawRows(database.address, 'ALTER TABLE loan SET (autovacuum_enabled = off)');
    const counted = async () =>
      Number(
        (await rawRows(database.address, `SELECT reltuples FROM pg_class WHERE relname = 'loan'`))[0]?.[0],
      );
    await execute([issue('first')]);
    assert.ok((await counted()) <= 0, 'nothing is counted yet');
    await execute(Array.from({ length: LOANS }, (_, place) => issue(`R-${place}`)));
    await until(async () => (await counted()) === LOANS + 1, 'the loans are counted');
  });
}, POSTGRES_ENGINES);
