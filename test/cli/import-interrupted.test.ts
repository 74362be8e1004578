// Ctrl-C in the middle of an import: what is booked stays, the import says how to go on, and going on books nothing twice.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { countsOf, withBank } from '../real-data/james-command.ts';
import { onEachEngine } from '../support/engines.ts';
import { until } from '../support/polling.ts';

const HEADER = 'reference,amount,term,rate,date\n';
const ROWS_AT_ONCE = 2_000;

function rows(from: number): string {
  return Array.from({ length: ROWS_AT_ONCE }, (_, row) => `C-${from + row},1000,12,0.05,2017-08-05\n`).join(
    '',
  );
}

onEachEngine((engine) => {
  describe('an import that Ctrl-C ends', () => {
    test('has booked whole rows, and goes on where it was', async () => {
      await withBank(engine, async (bank) => {
        const command = join(import.meta.dirname, '../../bin/james.js');
        const child = spawn(process.execPath, [command, 'import', 'loans', '-'], {
          cwd: bank.folder,
          env: { PATH: process.env['PATH'], DATABASE_URL: bank.databaseUrl },
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding('utf8').on('data', (text: string) => {
            output += text;
          });
        }
        // Who no longer reads is not written to.
        child.stdin.on('error', () => undefined);
        const exited = once(child, 'exit');
        let written = HEADER;
        let isOver = false;
        child.once('exit', () => {
          isOver = true;
        });
        const feeding = (async () => {
          for (let row = 0; !isOver; row += ROWS_AT_ONCE) {
            const more = rows(row);
            written += more;
            child.stdin.write(row === 0 ? HEADER + more : more);
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        })();
        await until(() => /loans: \d+ rows/.test(output), 'it tells of its progress');
        child.kill('SIGINT');
        const [code] = await exited;
        await feeding;
        assert.equal(code, 130, output);
        assert.match(output, /run the same command again to go on: nothing is booked twice/);

        const inAll = written.split('\n').length - 2;
        const again = countsOf(bank.import(0, 'loans', ['-'], written));
        assert.ok(again.skipped > 0, JSON.stringify(again));
        assert.deepEqual(again, {
          read: inAll,
          accepted: inAll - again.skipped,
          skipped: again.skipped,
          rejected: 0,
        });
        assert.equal(bank.bookAsOf('2017-08-05').outstanding.volume, inAll);
      });
    });
  });
});
