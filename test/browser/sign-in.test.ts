// Signing in and out, and what each role is shown.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { v1Client } from '../support/v1-client.ts';

onEachEngine((engine) => {
  let service: Service;
  let browser: TestBrowser;

  before(async () => {
    service = await startService({ engine });
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.stop();
  });

  async function keyOf(role: string): Promise<string> {
    const { json } = await v1Client(service.url).post('/v1/keys', { name: `${role}-1`, role });
    return (json as { key: string }).key;
  }

  test('a browser’s GET / leads to the console; whoever else asks gets James’s answer', async () => {
    await using visitor = await browser.visit(service.url);
    await visitor.page.goto(service.url);
    assert.equal(visitor.page.url(), `${service.url}/app/`);
    await visitor.page.getByRole('heading', { name: 'Sign in to James' }).waitFor();
    const answer = await fetch(service.url);
    assert.deepEqual([answer.status, await answer.text()], [404, '{}']);
  });

  test('an API key signs in, and signing out leaves nothing behind', async () => {
    const key = await keyOf('admin');
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.open('loans?status=active');
    await page.getByLabel('API key').fill(key);
    await page.keyboard.press('Enter');
    // The address that was asked for is the one that shows.
    await page.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
    assert.equal(page.url(), `${service.url}/app/loans?status=active`);
    await page.reload();
    await page.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();

    await page.getByRole('button', { name: /^Signed in as admin-1 ?, admin$/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to James' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to James' }).waitFor();
    assert.deepEqual(await visitor.context.cookies(), []);
    const stored = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    assert.ok(!String(stored).includes(key));
  });

  test('a wrong key is refused, and what was typed stays', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.open();
    await page.getByLabel('API key').fill('not-a-key');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('James does not know this key.').waitFor();
    assert.equal(await page.getByLabel('API key').inputValue(), 'not-a-key');
  });

  test('each role is shown what it may do', async () => {
    for (const [role, pages] of [
      ['viewer', ['Book', 'Loans']],
      ['officer', ['Book', 'Loans', 'Issue a loan', 'Record payments']],
    ] as const) {
      const key = await keyOf(role);
      await using visitor = await browser.visit(service.url);
      const { page } = visitor;
      await visitor.open();
      await page.getByLabel('API key').fill(key);
      await page.keyboard.press('Enter');
      const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
      await links.first().waitFor();
      const names = await links.allInnerTexts();
      assert.deepEqual(
        names.map((text) => text.split('\n')[0]),
        pages,
      );
    }
  });
});
