// No link leads nowhere: each file that a document links to is there, and so is each heading.
// Addresses of others are not asked.

import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { projectRoot } from '../support/service.ts';
import { type MarkdownDocument, parseDocument, readDocument } from './document.ts';

const ELSEWHERE = /^(?:https?:|mailto:)/;

/** Why a link leads nowhere; undefined where it is well. */
function fault(file: string, document: MarkdownDocument, target: string): string | undefined {
  if (ELSEWHERE.test(target)) return URL.canParse(target) ? undefined : 'is no address';
  const [path = '', anchor] = decodeURIComponent(target).split('#');
  if (path.startsWith('/')) return 'begins with a slash, which GitHub takes for its own';
  const goal = path === '' ? file : join(dirname(file), path);
  if (relative(projectRoot, goal).startsWith('..')) return 'leads out of the project';
  if (!existsSync(goal)) return 'is not there';
  if (anchor === undefined) return undefined;
  if (!goal.endsWith('.md')) return 'is no document, so it has no heading';
  const { anchors } = path === '' ? document : readDocument(goal);
  return anchors.has(anchor) ? undefined : 'has no such heading';
}

function faultsOf(file: string, document: MarkdownDocument): string[] {
  return document.links.flatMap(({ target, line }) => {
    const why = fault(file, document, target);
    return why === undefined ? [] : [`${relative(projectRoot, file)}:${line}: ${target} ${why}`];
  });
}

function documentsOfTheProject(): string[] {
  const exclude = (name: string) => /(?:^|\/)(?:node_modules|dist|\.git)$/.test(name);
  return globSync('**/*.md', { cwd: projectRoot, exclude }).map((name) => join(projectRoot, name));
}

describe('links', () => {
  const documents = documentsOfTheProject();

  test('of every document lead somewhere', () => {
    for (const name of ['README.md', 'deploy/README.md', 'docs/decisions/README.md']) {
      assert.ok(documents.includes(join(projectRoot, name)), name);
    }
    assert.deepEqual(
      documents.flatMap((file) => faultsOf(file, readDocument(file))),
      [],
    );
  });

  test('to every guide stand in the README, and the guides are all there', () => {
    const targets = readDocument(join(projectRoot, 'README.md')).links.map(({ target }) => target);
    for (const reader of ['integrating', 'officer', 'analyst', 'operator', 'developing']) {
      assert.ok(targets.includes(`docs/${reader}.md`), reader);
    }
  });

  test('that lead nowhere are found', () => {
    const text = `# A heading: \`one\`, two

[a](README.md) [b](nowhere.md) [c](#a-heading-one-two) [d](#nowhere) [e](SECURITY.md#reporting)
[f](SECURITY.md#nowhere) [g](../elsewhere.md) [h](/README.md) [i](https://example.org) [j](package.json#name) [k][k]

[k]: gone.md
`;
    const faults = faultsOf(join(projectRoot, 'README.md'), parseDocument(text));
    assert.deepEqual(
      faults.map((one) => one.replace(/^\S+ /, '')),
      [
        'nowhere.md is not there',
        '#nowhere has no such heading',
        'SECURITY.md#nowhere has no such heading',
        '../elsewhere.md leads out of the project',
        '/README.md begins with a slash, which GitHub takes for its own',
        'package.json#name is no document, so it has no heading',
        'gone.md is not there',
      ],
    );
  });
});
