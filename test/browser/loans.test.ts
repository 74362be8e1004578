// Finding loans, and one loan: balance along its life, schedule, payments recorded and taken back, history.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import {
  type ConsoleBank,
  consoleBank,
  monthOf,
  monthsOn,
  shown,
  shownMonth,
} from '../support/console-bank.ts';
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

  function idOf(reference: string): string {
    return bank.loans.get(reference)?.id ?? '';
  }

  test('the list is narrowed by filters that stand in the address', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn('loans');
    const links = page.getByRole('table', { name: 'Loans' }).getByRole('link');
    await page.getByText('7 loans on this page').waitFor();
    await page.getByLabel('Status').selectOption('paid_off');
    await page.getByText('1 loan on this page').waitFor();
    assert.deepEqual(await links.allInnerTexts(), ['B-6']);
    assert.equal(new URL(page.url()).search, '?status=paid_off');
    await page.getByLabel('Status').selectOption('');
    await page.getByLabel('Past due today').selectOption('91');
    await page.getByText('1 loan on this page').waitFor();
    assert.deepEqual(await links.allInnerTexts(), ['B-5']);
    await page.goBack();
    await page.goBack();
    await page.getByText('1 loan on this page').waitFor();
    assert.equal(new URL(page.url()).search, '?status=paid_off');
    await page.getByLabel('Reference or id').fill('no such');
    await page.keyboard.press('Enter');
    await page.getByText('No loan is like that').waitFor();
  });

  test('a reference, or an id, leads to its loan', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn('loans');
    await page.getByLabel('Reference or id').fill('B-2');
    await page.keyboard.press('Enter');
    await page.getByText('1 loan on this page').waitFor();
    await page.getByRole('link', { name: 'B-2' }).click();
    await page.getByRole('heading', { name: 'B-2', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Loans', exact: true }).last().click();
    await page.getByLabel('Reference or id').fill(idOf('B-3'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'B-3', level: 1 }).waitFor();
  });

  test('an unknown loan says so', async () => {
    await using visitor = await browser.visit(service.url);
    visitor.forgive(/status of 404/);
    await visitor.signIn('loans/01900000-0000-7000-8000-000000000000');
    await visitor.page.getByRole('alert').getByText('There is no loan with this id').waitFor();
  });

  test('the balance follows a date along the loan’s life', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    const asOf = monthsOn(bank.today, -2);
    await visitor.signIn(`loans/${idOf('B-1')}?as_of=${asOf}`);
    const { json } = await bank.client.balance(idOf('B-1'), asOf);
    const { value, payments_made: made } = json as { value: string; payments_made: number };
    const card = page.getByRole('region', { name: 'Balance' });
    const dollars = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
    });
    await card.getByText(dollars.format(Number(value))).waitFor();
    await card.getByText(`${made} of 24`).waitFor();
    await card.getByRole('slider', { name: 'As of' }).focus();
    await page.keyboard.press('Home');
    await card.getByText('0 of 24').waitFor();
    const statuses = page.getByRole('table', { name: 'Schedule' }).locator('td:nth-child(3)');
    await statuses.first().getByText('Due', { exact: true }).waitFor();
  });

  test('a payment is recorded, replaced and taken back, and the history names who did it', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn(`loans/${idOf('B-4')}`);
    await page.getByRole('tab', { name: 'Payments' }).click();
    const recording = page.getByRole('region', { name: 'Record a payment' });
    await recording.getByRole('button', { name: 'Record as missed' }).click();
    const records = page.getByRole('table', { name: 'Payment records' });
    const month = shownMonth(monthOf(bank.today));
    const row = records.getByRole('row', { name: new RegExp(`^${month} Missed`) });
    await row.waitFor();

    await recording.getByText(`${month} is recorded as missed`).waitFor();
    await recording.getByRole('button', { name: 'Replace by made' }).click();
    const made = records.getByRole('row', { name: new RegExp(`^${month} Made`) });
    await made.waitFor();
    await records
      .getByText(/^reversed /)
      .first()
      .waitFor();

    await made.getByRole('button', { name: `Reverse the payment of ${month}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Reverse a payment record' });
    const confirm = dialog.getByRole('button', { name: 'Reverse', exact: true });
    assert.ok(await confirm.isDisabled());
    await dialog.getByLabel('Reason').fill('returned by the customer’s bank');
    await confirm.click();
    await dialog.waitFor({ state: 'hidden' });
    await recording.getByRole('button', { name: 'Record as made' }).waitFor();

    await page.getByRole('tab', { name: 'History' }).click();
    const history = page.getByRole('table', { name: 'History' });
    const last = history.getByRole('row').last();
    await last.getByText('returned by the customer’s bank').waitFor();
    const cells = await last.getByRole('cell').allInnerTexts();
    assert.deepEqual(cells.slice(1, 4), ['Payment reversed', shown(bank.today), 'development']);
  });

  test('a loan issued by mistake is taken back, for a reason', async () => {
    const { id } = await bank.client.loan({ reference: 'B-mistake', date: bank.today });
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn(`loans/${id}`);
    await page.getByRole('button', { name: 'Take the loan back' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take the loan back' });
    await dialog.getByLabel('Reason').fill('wrong customer');
    await dialog.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('This loan was taken back').waitFor();
    const { json } = await bank.client.get(`/v1/loans/${id}`);
    assert.equal((json as { status: string }).status, 'reversed');
  });
});
