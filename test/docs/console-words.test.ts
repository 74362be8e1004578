// What the guides call pages, buttons and fields of the console is what stands on them. test/browser does with them what
// the guides say.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { projectRoot } from '../support/service.ts';

const CONSOLE = globSync('console/src/**/*.{ts,tsx}', { cwd: projectRoot })
  .map((name) => readFileSync(join(projectRoot, name), 'utf8'))
  .join('\n');

/** As a text of its own in the sources: between quotes, tags or on a line, perhaps with more behind it, as a count. */
function standsInTheConsole(words: string): boolean {
  return new RegExp(`(?:["'\`>]|^\\s*)${RegExp.escape(words)}(?:["'\`<]|\\s*$| \\$?\\{)`, 'm').test(CONSOLE);
}

/** The words in bold of the section about the console. */
function wordsOf(guide: string): string[] {
  const text = readFileSync(join(projectRoot, 'docs', guide), 'utf8');
  const section =
    /\n## In the console\n(.*?)\n## /s.exec(text)?.[1] ?? assert.fail(`${guide} has no such section`);
  return [...section.matchAll(/\*\*(.+?)\*\*/g)].map(([, words = '']) => words);
}

describe('the words of the console', () => {
  for (const guide of ['officer.md', 'analyst.md']) {
    test(`in ${guide} stand on its pages`, () => {
      const words = wordsOf(guide);
      assert.ok(words.length > 5);
      assert.deepEqual(
        words.filter((one) => !standsInTheConsole(one)),
        [],
      );
    });
  }

  test('that stand nowhere are found', () => {
    assert.equal(standsInTheConsole('Record as paid'), false);
    assert.equal(standsInTheConsole('Issue'), false);
  });
});
