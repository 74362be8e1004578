// Several processes that make one database at once: one works, the others find it done, and each can serve it.

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { EVERY_ENGINE, onEachEngine } from '../support/engines.ts';
import type { MakerAnswer } from './database-maker.ts';

const PROCESSES = 5;
const ROUNDS = 12;

async function ask(maker: ChildProcess, address: DatabaseAddress): Promise<MakerAnswer> {
  maker.send(address);
  const [answer] = (await once(maker, 'message')) as [MakerAnswer];
  return answer;
}

onEachEngine((engine) => {
  test('processes that make one database at once all succeed, and each migration runs once', async () => {
    const makers = Array.from({ length: PROCESSES }, () =>
      fork(join(import.meta.dirname, 'database-maker.ts'), { execArgv: [] }),
    );
    try {
      await Promise.all(makers.map((maker) => once(maker, 'message')));
      for (let round = 0; round < ROUNDS; round++) {
        await using database = await engine.freshDatabase();
        const answers = await Promise.all(makers.map((maker) => ask(maker, database.address)));
        const errors = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
        assert.deepEqual(errors, [], `round ${round}`);
        const workers = answers.filter((answer) => answer.ok && answer.migrated > 0);
        assert.equal(workers.length, 1);
      }
    } finally {
      for (const maker of makers) maker.disconnect();
      await Promise.all(makers.map((maker) => once(maker, 'exit')));
    }
  });
}, EVERY_ENGINE);
