// james demo: the same seed makes the same bank on either engine, on an empty database only, and Ctrl-C leaves a sound part.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BookAnswer, JamesBank, withBank } from '../real-data/james-command.ts';
import { ENGINES, onEachEngine } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { startJames } from '../support/service.ts';

const SIZE = ['--loans', '150', '--years', '2', '--until', '2025-06-30'];

/** The figures alone: not the date on which they were asked for. */
function figuresOf({ outstanding, arrears }: BookAnswer) {
  const { value, principal, volume } = outstanding;
  return { value, principal, volume, buckets: arrears.buckets, par: arrears.par };
}

describe('the demo', () => {
  test('is the same bank for the same seed on every engine, and another one for another seed', async () => {
    const books: unknown[] = [];
    const banks = [...ENGINES, ...ENGINES.slice(0, 1)];
    for (const [index, engine] of banks.entries()) {
      const bank = await JamesBank.on(engine);
      try {
        const seed = index < ENGINES.length ? '42' : '43';
        const { stdout } = bank.runExpecting(0, ['demo', ...SIZE, '--seed', seed, '--json']);
        const { state, records, until: last } = JSON.parse(stdout) as Record<string, unknown>;
        assert.equal(state, 'done');
        assert.equal(last, '2025-06-30');
        const dates = ['2024-06-30', '2024-12-31', '2025-06-30'];
        books.push({ records, dates: dates.map((date) => figuresOf(bank.bookAsOf(date))) });
        assert.match(bank.runExpecting(0, ['verify']).stdout, /no difference/);
      } finally {
        await bank.remove();
      }
    }
    assert.deepEqual(books[1], books[0]);
    assert.notDeepEqual(books[2], books[0]);
  });
});

onEachEngine((engine) => {
  describe('the demo', () => {
    test('refuses a database with loans, and changes nothing there', async () => {
      await withBank(engine, (bank) => {
        const loans = 'reference,amount,term,rate,date\nC-1,1000,12,0.05,2017-08-05\n';
        bank.import(0, 'loans', ['-'], loans);
        const { stdout, stderr } = bank.runExpecting(1, ['demo', ...SIZE]);
        assert.match(stderr, /the book has loans already.*name another database in DATABASE_URL/);
        assert.equal(stdout, '');
        assert.equal(bank.bookAsOf('2025-06-30').outstanding.volume, 1);
      });
    });

    test('that Ctrl-C ends leaves a sound book up to a day, and says how to go on', async () => {
      await withBank(engine, async (bank) => {
        const env = { DATABASE_URL: bank.databaseUrl };
        const running = startJames(['demo', '--loans', '100000'], env, { cwd: bank.folder });
        // The first line about its progress.
        await until(
          () => /demo: \d+ records, .* s left, \d{4}-/.test(running.output()),
          'it tells of its progress',
        );
        running.child.kill('SIGINT');
        assert.deepEqual(await running.exited, { code: 130, signal: null });
        const output = running.output();
        const day = /interrupted after \d+ records\. The book is sound, and whole up to ([\d-]+)\./.exec(
          output,
        )?.[1];
        assert.ok(day, output);
        assert.match(output, /name another database in DATABASE_URL .* run the same command again/);
        assert.match(bank.runExpecting(0, ['verify']).stdout, /no difference/);
        assert.ok(bank.bookAsOf(day).outstanding.volume > 0);
        assert.match(bank.runExpecting(1, ['demo']).stderr, /the book has loans already/);
      });
    });
  });
});
