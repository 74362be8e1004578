// Whether a store notices others whom it holds up: only where there is one writer at a time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../src/wiring/engines.ts';
import { onEachEngine } from '../support/engines.ts';
import { issue, issued } from '../support/ledger-commands.ts';
import { executorOn, temporaryLedger } from '../support/temporary-database.ts';

onEachEngine((engine) => {
  test('what others have written is noticed once, what one writes oneself never', async () => {
    await using ledger = await temporaryLedger(engine);
    const { address } = ledger.database;
    const isHeldUp = address.engine === 'sqlite';
    const store = await openStore(address, { compacts: false });
    const other = await openStore(address, { compacts: false });
    try {
      const execute = executorOn(store, ledger.clock);
      const executeOther = executorOn(other, ledger.clock);
      assert.equal(await store.othersWrote(), false);
      await issued(execute, issue('mine'));
      assert.equal(await store.othersWrote(), false);
      await issued(executeOther, issue('theirs'));
      await issued(execute, issue('mine again'));
      assert.equal(await store.othersWrote(), isHeldUp);
      assert.equal(await store.othersWrote(), false);
      assert.equal((await other.loans({}, null, 10))?.loans.length, 3);
    } finally {
      await store.close();
      await other.close();
    }
  });
});
