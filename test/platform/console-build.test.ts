// The console as it is built: what the first page loads is small, charts come when they are needed, and every file is there
// compressed, so that serving it costs nothing.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const dist = join(import.meta.dirname, '../../console/dist');
const assets = join(dist, 'assets');
const FIRST_PAGE_BYTES_MAX = 250_000;

const names = readdirSync(assets).filter((name) => name.endsWith('.js'));

function imports(name: string): string[] {
  const text = readFileSync(join(assets, name), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map((match) => match[1] as string);
}

/** A script with all that it loads at once. */
function closure(...first: readonly string[]): Set<string> {
  const all = new Set<string>();
  const left = [...first];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    left.push(...imports(name));
  }
  return all;
}

function named(start: string): string {
  const found = names.filter((name) => name.startsWith(start));
  assert.equal(found.length, 1, start);
  return found[0] as string;
}

function entry(): string {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  return /<script type="module"[^>]* src="\.\/assets\/([^"]+)"/.exec(page)?.[1] ?? '';
}

test('the first page loads under 250 kB of compressed script, and no chart', () => {
  const first = closure(entry(), named('book-page-'));
  const bytes = [...first].reduce((sum, name) => sum + statSync(join(assets, `${name}.gz`)).size, 0);
  assert.ok(bytes > 50_000, `only ${bytes} bytes were found`);
  assert.ok(bytes < FIRST_PAGE_BYTES_MAX, `${bytes} bytes`);
  for (const name of first) {
    assert.ok(!readFileSync(join(assets, name), 'utf8').includes('recharts-surface'), `${name} draws charts`);
  }
  const chart = closure(named('outstanding-chart-'));
  const drawing = [...chart].some((name) =>
    readFileSync(join(assets, name), 'utf8').includes('recharts-surface'),
  );
  assert.ok(drawing, 'no chart was found');
});

test('every script and style is there compressed, and smaller so', () => {
  const files = readdirSync(assets).filter((name) => /\.(?:js|css|svg)$/.test(name));
  for (const name of files) {
    for (const end of ['br', 'gz'])
      assert.ok(statSync(join(assets, `${name}.${end}`)).size > 0, `${name}.${end}`);
  }
  assert.ok(files.length > 10);
});

test('nothing in it names another host to load from', () => {
  for (const name of ['../index.html', ...readdirSync(assets).filter((file) => file.endsWith('.css'))]) {
    assert.doesNotMatch(
      readFileSync(join(assets, name), 'utf8'),
      /(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?\/\//,
    );
  }
});
