// Several processes that make one database at once: one works, the others find it done, and each can serve it.

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../support/temporary-database.ts';
import type { MakerAnswer } from './database-maker.ts';

const PROCESSES = 5;
const ROUNDS = 25;

async function ask(maker: ChildProcess, file: string): Promise<MakerAnswer> {
  maker.send(file);
  const [answer] = (await once(maker, 'message')) as [MakerAnswer];
  return answer;
}

test('processes that make one database at once all succeed, and each migration runs once', async () => {
  using directory = temporaryDirectory();
  const makers = Array.from({ length: PROCESSES }, () =>
    fork(join(import.meta.dirname, 'database-maker.ts'), { execArgv: [] }),
  );
  try {
    await Promise.all(makers.map((maker) => once(maker, 'message')));
    for (let round = 0; round < ROUNDS; round++) {
      const file = join(directory.path, `${round}.sqlite`);
      const answers = await Promise.all(makers.map((maker) => ask(maker, file)));
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
