// Recording payments: one loan in two keystrokes, and a month's list ticked and sent together.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { type ConsoleBank, consoleBank, monthOf, shownMonth } from '../support/console-bank.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
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

  async function recordOf(reference: string, month: string): Promise<string | undefined> {
    const { json } = await bank.client.get(`/v1/loans/${bank.loans.get(reference)?.id}/payments?limit=500`);
    const { data } = json as { data: { month: string; payment: string; reversed_at: string | null }[] };
    return data.find((record) => record.month === month && record.reversed_at === null)?.payment;
  }

  test('a month’s list is ticked and sent together; what fails says why and can be sent again', async () => {
    const month = monthOf(bank.today);
    await using visitor = await browser.visit(service.url);
    visitor.forgive(/status of 409/);
    const { page } = visitor;
    await visitor.signIn('record?view=month');
    const list = page.getByRole('table', { name: `Due in ${shownMonth(month)}` });
    const links = list.getByRole('link');
    await links.first().waitFor();
    assert.deepEqual(await links.allInnerTexts(), ['B-1', 'B-2', 'B-3', 'B-4']);
    await page.getByRole('button', { name: 'Tick all as made' }).click();
    await list.getByLabel('B-2: missed').check();
    await list.getByLabel('B-4: made').uncheck();

    // Meanwhile a colleague has recorded one of them.
    await bank.client.paid(bank.loans.get('B-3')?.id ?? '', bank.today);
    await page.getByRole('button', { name: 'Record 3' }).click();
    await page.getByText('2 of 3 recorded, 1 not: the list says why').waitFor();
    const refused = list.getByRole('row', { name: /^B-3/ });
    await refused.getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Try 1 again' }).waitFor();
    assert.equal(await recordOf('B-1', month), 'made');
    assert.equal(await recordOf('B-2', month), 'missed');
    assert.equal(await recordOf('B-4', month), undefined);

    await page.reload();
    await links.first().waitFor();
    assert.deepEqual(await links.allInnerTexts(), ['B-4']);
    await page.getByRole('switch', { name: 'Also what fell due before' }).check();
    await list.getByRole('link', { name: 'B-5' }).waitFor();
  });

  test('one loan takes two keystrokes, and the field is ready for the next', async () => {
    await using visitor = await browser.visit(service.url);
    visitor.forgive(/status of 409/);
    const { page } = visitor;
    await visitor.signIn('record');
    const field = page.getByLabel('Reference or id');
    await field.fill('B-5');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Record as made' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    const recorded = page.getByRole('table', { name: 'Just recorded' });
    await recorded.getByRole('row', { name: /^B-5/ }).waitFor();
    assert.equal(await recordOf('B-5', monthOf(bank.today)), 'made');
    await field.and(page.locator(':focus')).waitFor();
    assert.equal(await field.inputValue(), '');

    await page.keyboard.type('B-5');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Record as made' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    assert.equal(await field.inputValue(), 'B-5');
    await field.fill('unheard of');
    await page.keyboard.press('Enter');
    await page.getByText('There is no such loan.').waitFor();
    await field.fill('B-6');
    await page.keyboard.press('Enter');
    await page.getByText('This loan takes no payments any more.').waitFor();
  });
});
