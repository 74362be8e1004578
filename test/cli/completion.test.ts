// Shell completion, in the shells themselves: each sources its script and completes as a person would have it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const COMMAND = join(import.meta.dirname, '../../bin/james.js');

let folder: string;

/** A shell with james on its PATH. */
function shell(program: string, args: readonly string[]) {
  const PATH = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
  return spawnSync(program, args, { encoding: 'utf8', env: { PATH, HOME: folder } });
}

function scriptFor(name: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'completion', name], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const file = join(folder, `james.${name}`);
  writeFileSync(file, stdout);
  return file;
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

describe('completion', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'james-completion-'));
    symlinkSync(COMMAND, join(folder, 'james'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What bash offers for a line, the cursor at its end. */
  function offeredByBash(script: string, words: readonly string[]): string[] {
    const list = words.map((word) => `'${word}'`).join(' ');
    const text = `set -e; source ${script}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}
      COMP_LINE="\${COMP_WORDS[*]}"; COMP_POINT=\${#COMP_LINE}
      eval "$(complete -p james | sed -E 's/.*-F ([^ ]+).*/\\1/')" 2>/dev/null || true
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { status, stdout, stderr } = shell('bash', ['--norc', '--noprofile', '-c', text]);
    assert.equal(status, 0, stderr);
    return stdout.split('\n').filter((line) => line !== '');
  }

  test('in bash offers commands, subcommands, options and their values', (t) => {
    if (!isInstalled('bash')) return t.skip('there is no bash');
    const script = scriptFor('bash');
    assert.deepEqual(offeredByBash(script, ['james', 'b']).sort(), ['backup', 'book']);
    assert.ok(offeredByBash(script, ['james', '']).includes('demo'));
    assert.deepEqual(offeredByBash(script, ['james', 'keys', 'ro']), ['rotate']);
    assert.deepEqual(offeredByBash(script, ['james', 'demo', '--l']), ['--loans']);
    assert.ok(offeredByBash(script, ['james', 'completion', '']).includes('fish'));
  });

  for (const name of ['zsh', 'fish']) {
    test(`in ${name} has a script that the shell takes`, (t) => {
      const script = scriptFor(name);
      if (!isInstalled(name)) return t.skip(`there is no ${name}`);
      const load =
        name === 'zsh' ? `autoload -Uz compinit; compinit -u; source ${script}` : `source ${script}`;
      const { status, stderr } = shell(name, ['-c', load]);
      assert.equal(status, 0, stderr);
      assert.equal(stderr, '');
    });
  }

  test('asks James itself, and starts no command', () => {
    const { status, stdout } = shell('james', ['complete', '--', 'import', '']);
    assert.equal(status, 0);
    assert.match(stdout, /^loans\t/m);
    assert.match(stdout, /^payments\t/m);
  });
});
