// What holds on every page: dates stay what they are in any time zone, figures follow the reader's language, the keyboard is
// enough, nothing asks another host, and the console lies under any path.

import assert from 'node:assert/strict';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { type ConsoleBank, consoleBank, shown } from '../support/console-bank.ts';
import { onEachEngine, SQLITE } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine(
  (engine) => {
    let service: Service;
    let browser: TestBrowser;
    let bank: ConsoleBank;

    before(async () => {
      service = await startService({ engine });
      bank = await consoleBank(service.url);
      browser = await startBrowser();
    });
    after(async () => {
      await browser?.[Symbol.asyncDispose]();
      await service?.stop();
    });

    describe('dates', () => {
      for (const timezoneId of ['Pacific/Auckland', 'Pacific/Honolulu']) {
        test(`are never moved by a browser in ${timezoneId}`, async () => {
          await using visitor = await browser.visit(service.url, { timezoneId });
          const { page } = visitor;
          await visitor.signIn('issue');
          const reference = `zone ${timezoneId}`;
          await page.getByLabel('Reference').fill(reference);
          await page.getByLabel('Amount (USD)').fill('1000');
          await page.getByLabel('Term').fill('2');
          await page.getByLabel('Rate a year').fill('0');
          await page.getByLabel('Origination date').fill('2020-01-31');
          const rows = page.getByRole('table', { name: 'Schedule' }).getByRole('row');
          await rows.nth(1).getByText('29 Feb 2020').waitFor();
          await rows.nth(2).getByText('31 Mar 2020').waitFor();
          await page.getByRole('button', { name: 'Issue the loan' }).click();
          await page.getByRole('heading', { name: reference, level: 1 }).waitFor();
          await page.getByRole('region', { name: 'Terms' }).getByText('31 Jan 2020').waitFor();
          const { json } = await bank.client.get(`/v1/loans?reference=${encodeURIComponent(reference)}`);
          const [loan] = (json as { data: { id: string; date: string }[] }).data;
          assert.equal(loan?.date, '2020-01-31');

          await page.getByRole('tab', { name: 'Payments' }).click();
          const recording = page.getByRole('region', { name: 'Record a payment' });
          assert.equal(await recording.getByLabel('Date').inputValue(), bank.today);
          await recording.getByLabel('Date').fill('2020-02-01');
          await recording.getByRole('button', { name: 'Record as made' }).click();
          await page.getByRole('row', { name: /^February 2020 Made 1 Feb 2020/ }).waitFor();

          await visitor.open('?as_of=2020-03-01');
          await page.getByText(`Outstanding debt as of ${shown('2020-03-01')}`).waitFor();
          assert.equal(await page.getByLabel('As of', { exact: true }).first().inputValue(), '2020-03-01');
          await page.getByRole('slider', { name: 'As of' }).focus();
          await page.keyboard.press('ArrowLeft');
          await page.waitForURL('**/?as_of=2020-02-29');
        });
      }
    });

    test('figures and dates follow the reader’s language', async () => {
      await using visitor = await browser.visit(service.url, { locale: 'de-DE' });
      const { page } = visitor;
      await visitor.signIn(`loans/${bank.loans.get('B-1')?.id}`);
      const terms = page.getByRole('region', { name: 'Terms' });
      const amount = new Intl.NumberFormat('de-DE', {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
      }).format(12_000);
      await terms.getByText(amount).waitFor();
    });

    test('the keyboard is enough, and focus can be seen', async () => {
      await using visitor = await browser.visit(service.url);
      const { page } = visitor;
      await visitor.open();
      await page.getByLabel('API key').and(page.locator(':focus')).waitFor();
      await page.keyboard.type('secretkeydev');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Book', level: 1 }).waitFor();
      await page.keyboard.press('Alt+KeyL');
      await page.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
      await page.keyboard.press('/');
      await page.getByLabel('Reference or id').and(page.locator(':focus')).waitFor();
      await page.keyboard.type('B-3');
      await page.keyboard.press('Enter');
      await page.getByText('1 loan on this page').waitFor();
      const link = page.getByRole('link', { name: 'B-3' });
      for (let tabs = 0; tabs < 20 && !(await link.and(page.locator(':focus')).count()); tabs++) {
        await page.keyboard.press('Tab');
      }
      const outline = 'getComputedStyle(document.activeElement).outlineStyle';
      assert.equal(await page.evaluate(outline), 'solid');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'B-3', level: 1 }).waitFor();
      await page.keyboard.press('Alt+KeyP');
      await page.getByRole('heading', { name: 'Record payments', level: 1 }).waitFor();
    });

    test('the choice of light or dark is kept', async () => {
      await using visitor = await browser.visit(service.url, { colorScheme: 'light' });
      const { page } = visitor;
      await visitor.signIn();
      const scheme = 'document.documentElement.getAttribute("data-mantine-color-scheme")';
      assert.equal(await page.evaluate(scheme), 'light');
      await page.getByRole('button', { name: 'Use dark colours' }).click();
      await page.reload();
      await page.getByRole('button', { name: 'Use light colours' }).waitFor();
      assert.equal(await page.evaluate(scheme), 'dark');
    });

    test('what went wrong is said, and what was typed stays, while James is away', async () => {
      await using visitor = await browser.visit(service.url);
      visitor.forgive(/status of 503/);
      const { page } = visitor;
      await visitor.signIn('record');
      await page.route('**/v1/**', (route) =>
        route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: '/problems/unavailable',
            title: 'The database cannot serve now',
            status: 503,
            detail: 'The database cannot serve now.',
            errors: [],
            request_id: 'r-1',
          }),
        }),
      );
      await page.getByLabel('Reference or id').fill('B-1');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('The database cannot serve now.').waitFor();
      await page.getByText('Request r-1').waitFor();
      await page.unroute('**/v1/**');
      await page.keyboard.press('Enter');
      await page.getByRole('group', { name: 'Loan found' }).waitFor();
    });
  },
  [SQLITE],
);

describe('behind a path', () => {
  test('the console and its calls stay under it, wherever one begins', async () => {
    await using service = await startService();
    const bank = await consoleBank(service.url);
    // As a proxy does it: /bank/james/ goes to James's root.
    const proxy = createServer((request, response) => {
      const path = request.url?.replace(/^\/bank\/james(?=\/)/, '');
      if (path === undefined || path === request.url) {
        response.writeHead(418).end();
        return;
      }
      const { method, headers } = request;
      const passed = ask(`${service.url}${path}`, { method: method ?? 'GET', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(passed);
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => proxy.once('listening', listening));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/bank/james`;
    try {
      await using browser = await startBrowser();
      await using visitor = await browser.visit(url);
      const { page } = visitor;
      await page.goto(`${url}/`);
      assert.equal(page.url(), `${url}/app/`);
      const id = bank.loans.get('B-2')?.id;
      await visitor.signIn(`loans/${id}?as_of=${bank.today}`);
      await page.getByRole('heading', { name: 'B-2', level: 1 }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'B-2', level: 1 }).waitFor();
      await page.getByRole('link', { name: 'Book' }).click();
      await page
        .getByRole('region', { name: 'Volume' })
        .getByText(/\d loans/)
        .waitFor();
      assert.equal(page.url(), `${url}/app/`);
    } finally {
      proxy.close();
      proxy.closeAllConnections();
    }
  });
});
