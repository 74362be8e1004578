// How each command answers: with --json one document, or one a line, and nothing else on standard output; exit codes; and
// colours for people at terminals only.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { withBank } from '../real-data/james-command.ts';
import { SQLITE } from '../support/engines.ts';

const LOANS = 'reference,amount,term,rate,date\nC-1,1000,12,0.05,2017-08-05\n';
const PAYMENTS = 'reference,payment,date,amount\nC-1,made,2017-09-05,85.60\n';

const COLOUR = '\u001b[';

describe('the commands', () => {
  test('answer --json with JSON and nothing else', async () => {
    await withBank(SQLITE, (bank) => {
      const document = (args: readonly string[], input?: string): unknown =>
        JSON.parse(bank.runExpecting(0, [...args, '--json'], input).stdout);
      const is = (value: unknown, members: object) =>
        assert.deepEqual({ ...(value as object), ...members }, value, JSON.stringify(value));

      is(document(['demo', '--loans', '20', '--years', '1']), {
        state: 'done',
        loans: 20,
        part: 1,
        years: 1,
      });
      is(document(['init-db']), { migrated: [] });
      is(document(['migrate']), { migrated: [] });
      is(document(['import', 'loans', '-'], LOANS), { accepted: 1 });
      is(document(['import', 'payments', '-'], PAYMENTS), { accepted: 1 });
      is((document(['book']) as { outstanding: object }).outstanding, { currency: 'USD' });
      is(document(['verify']), { loans: 21, differences: 0 });
      is(document(['head', '--date', '2017-09-05']), { known_at: '2017-09-05' });
      is(document(['backup', 'all.backup']), { loans: 21 });
      is(document(['keys', 'create', 'one', '--role', 'viewer']), { name: 'one' });
      is(document(['keys', 'rotate', 'one']), { name: 'one' });
      assert.equal((document(['keys', 'list']) as object[]).length, 1);
      is(document(['keys', 'revoke', 'one']), { name: 'one', status: 'revoked' });
    });
  });

  test('end with the code that the help tells', async () => {
    await withBank(SQLITE, (bank) => {
      const ends = (code: number, args: readonly string[], input?: string) =>
        assert.equal(bank.run(args, input).code, code, args.join(' '));
      ends(0, ['book']);
      ends(0, ['--help']);
      ends(0, ['keys', 'create', '--help']);
      ends(1, ['book', '--as-of', '2017-02-30']);
      ends(1, ['book', '--as-off', '2017-02-28']);
      ends(1, ['balance']);
      ends(1, ['import', 'loans', 'nowhere.csv']);
      ends(2, ['import', 'loans', '-'], LOANS.replace('0.05', 'five'));
      ends(1, ['head', '--date', '2017-09-05', '--check', '0'.repeat(64)]);
      ends(1, ['keys', 'revoke', 'nobody']);
      writeFileSync(join(bank.folder, 'there.backup'), '');
      ends(1, ['backup', 'there.backup']);
      ends(1, ['demo', '--loans', '0']);
      ends(1, ['demo', '--years', 'ten']);
      ends(1, ['demo', '--until', '2999-01-01']);
    });
  });

  test('name the option that is wrong, on standard error', async () => {
    await withBank(SQLITE, (bank) => {
      const { stdout, stderr } = bank.runExpecting(1, ['demo', '--seed', '-1']);
      assert.match(stderr, /--seed: "-1" is not a number from 0 to 4294967295/);
      assert.equal(stdout, '');
      assert.match(
        bank.runExpecting(1, ['book', '--as-off', 'x']).stderr,
        /unknown option '--as-off'.*--help/s,
      );
    });
  });

  test('are coloured on terminals only, and not where NO_COLOR is set', async (t) => {
    const script = spawnSync('script', ['--version']);
    if (script.error !== undefined) return t.skip('there is no program `script` to be a terminal');
    await withBank(SQLITE, (bank) => {
      assert.ok(!bank.runExpecting(0, ['verify']).stdout.includes(COLOUR));
      assert.ok(!bank.runExpecting(0, ['--help']).stdout.includes(COLOUR));
      const onTerminal = (args: string, env: NodeJS.ProcessEnv) => {
        const command = `${process.execPath} ${join(import.meta.dirname, '../../bin/james.js')} ${args}`;
        const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
          cwd: bank.folder,
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], TERM: 'xterm-256color', DATABASE_URL: bank.databaseUrl, ...env },
        });
        return stdout;
      };
      assert.ok(onTerminal('verify', {}).includes(`${COLOUR}32mno difference`));
      assert.ok(onTerminal('--help', {}).includes(`${COLOUR}1m`));
      // What moves the cursor for the bar is no colour.
      assert.doesNotMatch(
        onTerminal('verify', { NO_COLOR: '1' }),
        new RegExp(`${RegExp.escape(COLOUR)}[\\d;]*m`),
      );
      assert.ok(!onTerminal('--help', { NO_COLOR: '1' }).includes(COLOUR));
      assert.match(
        onTerminal('demo --loans 400 --years 2', {}),
        /\d+% \| \d+ records \| \d+ records\/s \| .+ left/,
      );
    });
  });
});
