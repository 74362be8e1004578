// Issuing a loan: a quote as one types, errors at their fields, and one loan however often one clicks.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

onEachEngine((engine) => {
  let service: Service;
  let browser: TestBrowser;
  let client: V1Client;

  before(async () => {
    service = await startService({ engine });
    client = v1Client(service.url);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.stop();
  });

  async function loans(): Promise<readonly Record<string, unknown>[]> {
    return ((await client.get('/v1/loans')).json as { data: Record<string, unknown>[] }).data;
  }

  test('an empty book leads to the form, and the quote follows what is typed', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    await page.getByRole('link', { name: 'Issue the first loan' }).click();
    await page.getByLabel('Reference').fill('A-1');
    await page.getByLabel('Amount (USD)').fill('1000');
    await page.getByLabel('Term').fill('12');
    await page.getByLabel('Rate a year').fill('5');
    await page.getByLabel('Origination date').fill('2017-08-05');
    const quote = page.getByRole('region', { name: 'Quote' });
    await quote.getByRole('region', { name: 'Installment' }).getByText('$85.60').waitFor();
    await quote.getByRole('region', { name: 'Total' }).getByText('$1,027.20').waitFor();
    await quote.getByRole('region', { name: 'Interest' }).getByText('$27.20').waitFor();
    const rows = quote.getByRole('table', { name: 'Schedule' }).getByRole('row');
    assert.equal(await rows.count(), 13);
    assert.deepEqual((await rows.nth(1).getByRole('cell').allInnerTexts()).slice(1, 5), [
      '5 Sept 2017',
      '85.60',
      '81.44',
      '4.16',
    ]);
    assert.deepEqual(await loans(), []);
    await page.getByLabel('Term').fill('24');
    await quote.getByRole('region', { name: 'Installment' }).getByText('$43.87').waitFor();
  });

  test('a double click issues one loan, exactly as typed', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn('issue');
    await page.getByLabel('Reference').fill('A-2');
    await page.getByLabel('Amount (USD)').fill('12345.67');
    await page.getByLabel('Term').fill('36');
    await page.getByLabel('Rate a year').fill('5.2575');
    await page.getByLabel('Origination date').fill('2020-02-29');
    await page.getByRole('button', { name: 'Issue the loan' }).dblclick();
    await page.getByRole('heading', { name: 'A-2', level: 1 }).waitFor();
    const issued = await loans();
    assert.equal(issued.length, 1);
    const { reference, amount, term, rate, date } = issued[0] as Record<string, unknown>;
    assert.deepEqual(
      [reference, amount, term, rate, date],
      ['A-2', '12345.67', 36, '0.052575', '2020-02-29'],
    );
  });

  test('after a broken connection the same form issues the same loan once', async () => {
    await using visitor = await browser.visit(service.url);
    visitor.forgive(/ERR_FAILED|ERR_CONNECTION|Failed to load/);
    const { page } = visitor;
    await visitor.signIn('issue');
    await page.getByLabel('Amount (USD)').fill('500');
    await page.getByLabel('Term').fill('6');
    await page.getByLabel('Rate a year').fill('0');
    // James hears of it, and its answer gets lost, every time.
    const keys = new Set<string>();
    await page.route('**/v1/loans', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      keys.add(route.request().headers()['idempotency-key'] ?? '');
      await route.fetch();
      return route.abort();
    });
    const before = (await loans()).length;
    await page.getByRole('button', { name: 'Issue the loan' }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('Amount (USD)').inputValue(), '500');
    await page.unroute('**/v1/loans');
    await page.getByRole('button', { name: 'Issue the loan' }).click();
    await page.getByRole('heading', { name: 'Loan without a reference' }).waitFor();
    assert.equal((await loans()).length, before + 1);
    assert.equal(keys.size, 1);
  });

  test('what James refuses stands at its field, and what was typed stays', async () => {
    await client.loan({ reference: 'taken' });
    await using visitor = await browser.visit(service.url);
    visitor.forgive(/status of (?:400|409|422)/);
    const { page } = visitor;
    await visitor.signIn('issue');
    await page.getByLabel('Reference').fill('taken');
    await page.getByLabel('Amount (USD)').fill('0.01');
    await page.getByLabel('Term').fill('1201');
    await page.getByLabel('Rate a year').fill('5');
    const term = page.getByRole('textbox', { name: 'Term' });
    const terms = { amount: '0.01', term: 1201, rate: '0.05', date: '2020-01-01' };
    const { json } = await client.post('/v1/quotes', terms);
    const { errors } = json as { errors: { pointer: string; detail: string }[] };
    const said = errors.find(({ pointer }) => pointer === '/term')?.detail ?? '';
    await page.getByText(said, { exact: true }).waitFor();
    assert.equal(await term.getAttribute('aria-invalid'), 'true');

    await page.getByLabel('Amount (USD)').fill('1000');
    await term.fill('12');
    await page.getByRole('region', { name: 'Installment' }).getByText('$85.60').waitFor();
    await page.getByRole('button', { name: 'Issue the loan' }).click();
    await page.getByRole('alert').waitFor();
    const reference = page.getByRole('textbox', { name: 'Reference' });
    assert.equal(await reference.inputValue(), 'taken');
    await reference.fill('free');
    await page.getByRole('button', { name: 'Issue the loan' }).click();
    await page.getByRole('heading', { name: 'free', level: 1 }).waitFor();
  });
});
