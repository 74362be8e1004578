// Importing a file as a person does it: dropped, mapped, tried, imported, its rejected rows corrected and sent again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { keepPicture, startBrowser, type TestBrowser } from '../support/browser.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

const FILE = `Loan number,amount,term,rate,date,branch
F-1,1000.00,12,0.05,2017-08-05,north
F-2,2000.00,24,0.06,2017-08-06,south
F-3,0.00,12,0.05,2017-08-07,north
`;

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

  async function references(): Promise<unknown[]> {
    const { data } = (await client.get('/v1/loans')).json as { data: { reference: unknown }[] };
    return data.map(({ reference }) => reference).toSorted();
  }

  const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  test('a file is previewed, mapped, tried and imported, and its rejected rows are corrected and sent again', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn('import');
    await page.getByLabel('File to import').setInputFiles(csv('loans.csv', FILE));
    const columns = page.getByRole('region', { name: 'Columns' });
    await columns.getByRole('cell', { name: 'south' }).waitFor();
    // "Loan number" is taken for the reference; somebody looks at it and agrees.
    const reference = columns.getByLabel('reference');
    assert.equal(await reference.locator('option:checked').innerText(), 'Loan number');
    await reference.selectOption({ label: '–' });
    await columns.getByText('Choose a column for reference.').waitFor();
    assert.ok(await columns.getByRole('button', { name: 'Import' }).isDisabled());
    await reference.selectOption({ label: 'Loan number' });

    await columns.getByRole('button', { name: 'Try without booking' }).click();
    const trial = page.getByRole('region', { name: 'Trial of loans' });
    await trial.getByText('Done').waitFor();
    assert.match(await trial.innerText(), /Would be booked\s+2/);
    assert.match(await trial.innerText(), /Rejected\s+1/);
    assert.deepEqual(await references(), []);
    await keepPicture(page, 'import-tried');

    await columns.getByRole('button', { name: 'Import', exact: true }).click();
    const done = page.getByRole('region', { name: 'Import of loans' });
    await done.getByText('Done').waitFor();
    assert.match(await done.innerText(), /Booked\s+2/);
    assert.deepEqual(await references(), ['F-1', 'F-2']);

    const downloading = page.waitForEvent('download');
    await done.getByRole('link', { name: 'Download the rejected rows' }).click();
    const rejects = readFileSync(await (await downloading).path(), 'utf8');
    assert.match(rejects, /^line,field,reason,reference,amount,.*\n4,amount,/);
    const corrected = rejects.replace(',0.00,', ',3000.00,');
    await page.getByLabel('File to import').setInputFiles(csv('rejects.csv', corrected));
    await columns.getByRole('cell', { name: '3000.00' }).waitFor();
    await columns.getByRole('button', { name: 'Import', exact: true }).click();
    await done.getByText(/Booked\s*1/).waitFor();
    assert.deepEqual(await references(), ['F-1', 'F-2', 'F-3']);
    await page.getByRole('table', { name: 'Imports before' }).waitFor();
    await keepPicture(page, 'import-done');
  });

  test('what is no file of rows is said in words, and nothing is sent', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn('import');
    await page.getByLabel('File to import').setInputFiles({
      name: 'loans.csv.gz',
      mimeType: 'application/gzip',
      buffer: Buffer.from([0x1f, 0x8b, 1, 2, 3]),
    });
    await page.getByText('can’t be unzipped').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Import', exact: true }).count(), 0);
  });

  test('an import’s address shows it again', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn('import');
    await page
      .getByRole('button', { name: /^Show the import of/ })
      .first()
      .click();
    const address = page.url();
    assert.match(address, /id=/);
    await page.goto(address);
    await page
      .getByRole('region', { name: /^(Import|Trial) of loans$/ })
      .getByText('Done')
      .waitFor();
  });
});
