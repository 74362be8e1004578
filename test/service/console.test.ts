// How the console is served: its page under a strict policy, its files for good and compressed, and nothing else.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SQLITE } from '../support/engines.ts';
import { startInProduction } from '../support/production.ts';
import { projectRoot, type Service, startService } from '../support/service.ts';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
let service: Service;

before(async () => {
  service = await startService();
});
after(async () => {
  await service?.stop();
});

function get(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Response> {
  return fetch(`${service.url}${path}`, { method, headers, redirect: 'manual' });
}

test('the page carries a policy that lets in nothing from elsewhere, and a nonce of its own each time', async () => {
  const nonces = new Set<string>();
  for (let times = 0; times < 2; times++) {
    const answer = await get('/app/', html);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]+';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
    assert.ok((await answer.text()).includes(`content="${nonce}"`));
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 2);
});

test('every address of the console is its page, with the way back to its files', async () => {
  for (const [path, base] of [
    ['', './'],
    ['loans', './'],
    ['loans/x?as_of=2020-01-01', '../'],
    ['a/b/c', '../../'],
  ] as const) {
    const text = await (await get(`/app/${path}`, html)).text();
    assert.ok(text.includes(`<base href="${base}"`), path);
  }
});

test('a browser is led to it; whoever is none gets James’s answer', async () => {
  for (const [path, headers, status, location] of [
    ['/', html, 302, 'app/'],
    ['/app', html, 302, 'app/'],
    ['/app', {}, 302, 'app/'],
    ['/', {}, 404, null],
    ['/', { accept: 'application/json' }, 404, null],
    ['/loans', html, 404, null],
    ['/application', html, 404, null],
  ] as const) {
    const answer = await get(path, headers);
    assert.equal(answer.status, status, path);
    assert.equal(answer.headers.get('location'), location, path);
    if (status === 404) assert.equal(await answer.text(), '{}', path);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD']) {
    assert.equal((await get('/', html, method)).status, 404, method);
    if (method !== 'HEAD') assert.equal((await get('/app/loans', html, method)).status, 404, method);
  }
});

test('files are served for good, compressed as the browser can take it', async () => {
  const name = readdirSync(join(projectRoot, 'console/dist/assets')).find((file) =>
    /^index-.*\.js$/.test(file),
  );
  for (const [accepts, encoding] of [
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await get(`/app/assets/${name}`, { 'accept-encoding': accepts });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(answer.headers.get('content-type'), 'application/javascript; charset=utf-8');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    await answer.arrayBuffer();
  }
});

test('what is no file of the console is none, whatever its path', async () => {
  const paths = [
    'assets/x.js',
    'assets/',
    'assets/../index.html',
    'assets/%2e%2e/index.html',
    'assets/..%2f..%2f..%2fpackage.json',
  ];
  for (const path of paths) {
    const answer = await get(`/app/${path}`);
    const text = await answer.text();
    assert.ok(!text.includes('"dependencies"') && !text.includes('built-from'), path);
    if (path.startsWith('assets/x')) assert.equal(answer.status, 404, path);
  }
});

test('the development key stands in the page in development only', async () => {
  assert.ok((await (await get('/app/', html)).text()).includes('secretkeydev'));
  await using database = await SQLITE.freshDatabase();
  await using production = await startInProduction(database);
  const page = await (await fetch(`${production.url}/app/`)).text();
  assert.ok(page.includes('<meta name="development-key" content=""'));
});
