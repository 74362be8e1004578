// The client in a real browser, as it is packed: in pages of the origin under one of whose paths James lies, within a session
// and with a key.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type * as Client from '../../client/src/index.ts';
import { clientProject } from '../support/client-package.ts';
import { debianProgram } from '../support/debian-program.ts';
import { type FaultyGateway, faultyGateway, type WebPage } from '../support/faulty-gateway.ts';
import { projectRoot, type Service, startService } from '../support/service.ts';
import { developmentKey } from '../support/v1-client.ts';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const MODULE = { type: 'text/javascript' };

/** What the page holds for the tests. */
type Holding = typeof globalThis & { client: typeof Client; james: Client.SessionJames; keyed: Client.James };

const HTML = `<!doctype html>
<link rel="icon" href="data:,">
<script type="importmap">
  { "imports": {
    "openapi-fetch": "/openapi-fetch/index.mjs",
    "eventsource-parser/stream": "/eventsource-parser/stream.js"
  } }
</script>
<script type="module">
  import * as client from '/client/index.js';
  const retry = { firstPauseMs: 1 };
  const james = client.createJames({ url: './james/', session: true, retry });
  const keyed = client.createJames({ url: './james/', apiKey: '${developmentKey}', retry });
  Object.assign(globalThis, { client, james, keyed });
</script>`;

/** The modules that lie in `directory`, each at an address under `/name/`. */
function modulesAt(name: string, directory: string): [string, WebPage][] {
  return globSync('**/*.{js,mjs}', { cwd: directory }).map((file) => [
    `/${name}/${file}`,
    { ...MODULE, text: readFileSync(join(directory, file), 'utf8') },
  ]);
}

function pagesWithClient(): Map<string, WebPage> {
  using project = clientProject();
  return new Map<string, WebPage>([
    ['/bank/', { type: 'text/html', text: HTML }],
    ...modulesAt('client', join(project.packageDirectory, 'dist')),
    ...modulesAt('openapi-fetch', join(projectRoot, 'node_modules/openapi-fetch/dist')),
    ...modulesAt('eventsource-parser', join(projectRoot, 'node_modules/eventsource-parser/dist')),
  ]);
}

describe('the client in a browser', () => {
  let service: Service;
  let gateway: FaultyGateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  async function opened(): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(new URL('/bank/', gateway.url).href);
    await tab.waitForFunction(() => 'james' in globalThis);
    return tab;
  }

  const signIn = (tab: Page) =>
    tab.evaluate((key) => (globalThis as Holding).james.session.signIn(key), developmentKey);

  const issue = (tab: Page) =>
    tab.evaluate(() =>
      (globalThis as Holding).james.loans.issue({ amount: '9.00', term: 1, rate: '0', date: '2017-08-05' }),
    );

  before(async () => {
    service = await startService();
    gateway = await faultyGateway(service.url, '/bank/james', pagesWithClient());
    const executablePath = await debianProgram({ name: 'chromium', debianPackage: 'chromium' });
    browser = await chromium.launch({ executablePath, args: FLAGS });
    context = await browser.newContext();
    page = await opened();
    await signIn(page);
  });
  after(async () => {
    await browser?.close();
    await gateway?.[Symbol.asyncDispose]();
    await service?.stop();
  });

  test('reads and writes within a session, whose cookie no script sees', async () => {
    gateway.fates();
    const answer = await issue(page);
    assert.ok(answer.ok);
    const [sent] = gateway.seen;
    assert.match(sent?.headers.cookie ?? '', /^james=/);
    assert.equal(sent?.headers.authorization, undefined);
    assert.equal(await page.evaluate('document.cookie'), '');
    const found = await page.evaluate(async () => {
      const { james } = globalThis as Holding;
      return (await Array.fromAsync(james.loans.each({ limit: 1 }))).map(({ id }) => id);
    });
    assert.ok(found.includes(answer.data.id));
    const refused = await page.evaluate(
      (id) => (globalThis as Holding).james.payments.get(id),
      answer.data.id,
    );
    assert.ok(!refused.ok);
    assert.equal(refused.error.type, '/problems/payment-not-found');
  });

  test('issues a loan once, though its answer was lost', async () => {
    gateway.fates('lose-answer', { status: 503 });
    const answer = await issue(page);
    assert.ok(answer.ok);
    // Chromium sends again by itself what was lost on a connection that it had kept, so the client need not know of it.
    const keys = gateway.seen.map(({ headers }) => headers['idempotency-key']);
    assert.deepEqual(keys, Array(3).fill(answer.call.idempotencyKey));
    assert.equal(answer.call.replayed, true);
  });

  test('writes after the page was loaded anew', async () => {
    await page.reload();
    await page.waitForFunction(() => 'james' in globalThis);
    gateway.fates();
    assert.ok((await issue(page)).ok);
    assert.deepEqual(
      gateway.seen.map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/session', 'POST /v1/loans'],
    );
  });

  test('goes on when another tab has signed in anew', async () => {
    assert.ok((await issue(page)).ok);
    const tab = await opened();
    await signIn(tab);
    const answer = await issue(page);
    assert.ok(answer.ok);
    assert.equal(answer.call.attempts, 2);
    gateway.fates();
    assert.equal((await issue(page)).call.attempts, 1);
    await tab.close();
  });

  test('with a key it sends no cookie', async () => {
    gateway.fates();
    const keyed = await page.evaluate(() => (globalThis as Holding).keyed.book.outstanding());
    assert.ok(keyed.ok);
    assert.equal(gateway.seen[0]?.headers.cookie, undefined);
    assert.equal(gateway.seen[0]?.headers.authorization, `Bearer ${developmentKey}`);
  });

  test('a redirect is followed nowhere', async () => {
    gateway.fates({ status: 302, headers: { location: '/bank/' } });
    const answer = await page.evaluate(() => (globalThis as Holding).james.book.outstanding());
    assert.ok(!answer.ok);
    assert.deepEqual([answer.error.type, answer.error.status], ['unexpected-answer', 0]);
  });

  test('a wrong key begins no session, and is sent once', async () => {
    gateway.fates();
    const answer = await page.evaluate(() => (globalThis as Holding).james.session.signIn('wrong'));
    assert.ok(!answer.ok);
    assert.equal(answer.error.type, '/problems/unauthorized');
    assert.equal(gateway.seen.length, 1);
  });

  test('is let in no more after it signed out', async () => {
    assert.ok((await page.evaluate(() => (globalThis as Holding).james.session.signOut())).ok);
    const session = await page.evaluate(() => (globalThis as Holding).james.session.get());
    const loan = await issue(page);
    assert.ok(!session.ok && !loan.ok);
    assert.equal(session.error.type, '/problems/unauthorized');
    assert.equal(loan.error.type, '/problems/unauthorized');
  });
});
