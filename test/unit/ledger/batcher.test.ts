// Commands that arrive together share a batch, and each caller hears of its own batch only.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Batcher } from '../../../src/ledger/batcher.ts';
import type { Answer, Command, LaneExecutor } from '../../../src/ledger/commands.ts';
import { issue } from '../../support/ledger-commands.ts';

const ONE_LANE = { lanes: 1, writers: 1 };

/** Whose command it is; the request's id in these tests. */
function nameOf(command: Command): string {
  return 'origin' in command ? command.origin.requestId : 'nobody';
}

function answer(by: string): Answer {
  return { outcome: { kind: 'reference-taken', by }, replayOf: null };
}

/** An executor that waits until the test ends its batch, and answers each command with its own request id. */
function heldExecutor() {
  const batches: { readonly commands: readonly Command[]; end(error?: Error): void }[] = [];
  const execute: LaneExecutor = ({ commands }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer[]>();
    const answers = commands.map((command) => answer(nameOf(command)));
    batches.push({ commands, end: (error) => (error === undefined ? resolve(answers) : reject(error)) });
    return promise;
  };
  return { batches, execute };
}

const named = (requestId: string) => issue(null, { origin: { requestId, recordedBy: 'key' } });
const names = (commands: readonly Command[] | undefined) => commands?.map(nameOf);

describe('commands', () => {
  test('of one turn share one batch, in their order', async () => {
    const { batches, execute } = heldExecutor();
    const batcher = new Batcher(execute, ONE_LANE);
    const answers = ['a', 'b', 'c'].map((name) => batcher.submit(named(name)));
    // Also what follows from them in the same turn.
    await Promise.resolve();
    answers.push(batcher.submit(named('d')));
    await setImmediate();
    assert.deepEqual(
      batches.map(({ commands }) => names(commands)),
      [['a', 'b', 'c', 'd']],
    );
    batches[0]?.end();
    assert.deepEqual(await Promise.all(answers), ['a', 'b', 'c', 'd'].map(answer));
  });

  test('that arrive while a batch runs gather for the next, and no second batch runs beside it', async () => {
    const { batches, execute } = heldExecutor();
    const batcher = new Batcher(execute, ONE_LANE);
    const first = batcher.submit(named('a'));
    await setImmediate();
    const second = batcher.submit(named('b'));
    await setImmediate();
    const third = batcher.submit(named('c'));
    await setImmediate();
    assert.equal(batches.length, 1);
    batches[0]?.end();
    assert.deepEqual(await first, answer('a'));
    await setImmediate();
    assert.deepEqual(
      batches.map(({ commands }) => names(commands)),
      [['a'], ['b', 'c']],
    );
    batches[1]?.end();
    assert.deepEqual(await Promise.all([second, third]), [answer('b'), answer('c')]);
  });

  test('after a pause start a batch of their own', async () => {
    const { batches, execute } = heldExecutor();
    const batcher = new Batcher(execute, ONE_LANE);
    for (const name of ['a', 'b']) {
      const outcome = batcher.submit(named(name));
      await setImmediate();
      batches.at(-1)?.end();
      assert.deepEqual(await outcome, answer(name));
      await batcher.settled();
    }
    assert.equal(batches.length, 2);
  });

  test('beyond two thousand wait for the next batch', async () => {
    const sizes: number[] = [];
    const batcher = new Batcher(async ({ commands }) => {
      sizes.push(commands.length);
      return commands.map((command) => answer(nameOf(command)));
    }, ONE_LANE);
    const asked = Array.from({ length: 4_500 }, (_, index) => String(index));
    const answers = await Promise.all(asked.map((name) => batcher.submit(named(name))));
    assert.deepEqual(answers, asked.map(answer));
    assert.deepEqual(sizes, [2_000, 2_000, 500]);
  });
});

describe('a batch that fails', () => {
  test('rejects all of its own commands and none of the next', async () => {
    const { batches, execute } = heldExecutor();
    const batcher = new Batcher(execute, ONE_LANE);
    const failing = [batcher.submit(named('a')), batcher.submit(named('b'))];
    await setImmediate();
    const next = batcher.submit(named('c'));
    const failure = new Error('the disk is full');
    batches[0]?.end(failure);
    for (const outcome of await Promise.allSettled(failing)) {
      assert.deepEqual(outcome, { status: 'rejected', reason: failure });
    }
    await setImmediate();
    batches[1]?.end();
    assert.deepEqual(await next, answer('c'));
  });

  test('by throwing at once is no different', async () => {
    let calls = 0;
    const batcher = new Batcher(({ commands }) => {
      if (calls++ === 0) throw new Error('at once');
      return Promise.resolve(commands.map((command) => answer(nameOf(command))));
    }, ONE_LANE);
    await assert.rejects(batcher.submit(named('a')), { message: 'at once' });
    assert.deepEqual(await batcher.submit(named('b')), answer('b'));
  });
});

describe('settled', () => {
  test('resolves at once where nothing was ever submitted', async () => {
    const { execute } = heldExecutor();
    await new Batcher(execute, ONE_LANE).settled();
  });

  test('waits for what runs, what waits and what comes while it waits', async () => {
    const { batches, execute } = heldExecutor();
    const batcher = new Batcher(execute, ONE_LANE);
    const told: string[] = [];
    const submit = (name: string) => batcher.submit(named(name)).then(() => told.push(name));
    const answers = [submit('a')];
    await setImmediate();
    answers.push(submit('b'));
    const settled = batcher.settled().then(() => told.push('settled'));
    for (const index of [0, 1, 2]) {
      await setImmediate();
      assert.ok(!told.includes('settled'));
      if (index === 1) answers.push(submit('c'));
      batches[index]?.end();
    }
    await Promise.all([...answers, settled]);
    assert.deepEqual(told, ['a', 'b', 'c', 'settled']);
  });

  test('resolves after a failure too', async () => {
    const batcher = new Batcher(() => Promise.reject(new Error('no database')), ONE_LANE);
    const outcome = batcher.submit(named('a'));
    await Promise.all([assert.rejects(outcome), batcher.settled()]);
  });
});
