// The book's page as a risk analyst uses it: figures as James has them, dates that stand in the address, tables and files.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { type ConsoleBank, consoleBank, daysOn, monthsOn, shown } from '../support/console-bank.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';

interface Sums {
  readonly value: string;
  readonly principal: string;
  readonly volume: number;
}

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

  async function sums(query = ''): Promise<Sums> {
    return (await bank.client.get(`/v1/book/outstanding${query}`)).json as Sums;
  }

  function dollars(text: string): string {
    const options = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
    return new Intl.NumberFormat('en-GB', options).format(text as `${number}`);
  }

  test('shows what is outstanding today, and how that changed in a month', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    const [now, before] = [await sums(), await sums(`?as_of=${monthsOn(bank.today, -1)}`)];
    const value = page.getByRole('region', { name: 'Outstanding value' });
    await value.getByText(dollars(now.value)).waitFor();
    const change = (Number(now.value) - Number(before.value)).toFixed(2);
    await value.getByText(`${dollars(change)} since ${shown(monthsOn(bank.today, -1))}`).waitFor();
    await page
      .getByRole('region', { name: 'Outstanding principal' })
      .getByText(dollars(now.principal))
      .waitFor();
    await page.getByRole('region', { name: 'Volume' }).getByText(`${now.volume} loans`).waitFor();

    await value.getByRole('button', { name: 'Copy outstanding value' }).click();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), now.value);
  });

  test('the as-of date is set by field and by slider, and stands in the address', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    const asOf = monthsOn(bank.today, -3);
    await page.getByLabel('As of', { exact: true }).first().fill(asOf);
    await page.waitForURL(`**/app/?as_of=${asOf}`);
    const figure = page.getByRole('region', { name: 'Outstanding value' });
    await figure.getByText(dollars((await sums(`?as_of=${asOf}`)).value)).waitFor();

    await page.getByRole('slider', { name: 'As of' }).focus();
    for (let day = 0; day < 3; day++) await page.keyboard.press('ArrowLeft');
    const dragged = daysOn(asOf, -3);
    await page.waitForURL(`**/app/?as_of=${dragged}`);
    await page.getByText(`Outstanding debt as of ${shown(dragged)}, with everything known now`).waitFor();

    // The address alone brings the view back.
    await page.reload();
    await figure.getByText(dollars((await sums(`?as_of=${dragged}`)).value)).waitFor();
    assert.equal(await page.getByLabel('As of', { exact: true }).first().inputValue(), dragged);
  });

  test('an earlier known-at date shows what has been learned since', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    const knownAt = daysOn(bank.today, -1);
    await page.getByLabel('Known at', { exact: true }).first().fill(knownAt);
    await page.waitForURL(`**/app/?known_at=${knownAt}`);
    const learned = page.getByRole('region', { name: 'Learned since' }).first();
    const row = learned.getByRole('row', { name: /^Value/ });
    const now = await sums();
    const amount = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 });
    const expected = [
      'Value (USD)',
      '0.00',
      amount.format(Number(now.value)),
      amount.format(Number(now.value)),
    ];
    await row.waitFor();
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), expected);
  });

  test('ageing and PAR stand in tables, with numerator and denominator', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    const { json } = await bank.client.arrears();
    const { par, buckets } = json as {
      par: { days: number; principal: string; of: string; ratio: string }[];
      buckets: { volume: number }[];
    };
    const rows = page.getByRole('table', { name: 'Portfolio at risk' }).getByRole('row');
    await rows.nth(par.length).waitFor();
    for (const [place, { days, principal, of, ratio }] of par.entries()) {
      const cells = await rows
        .nth(place + 1)
        .getByRole('cell')
        .allInnerTexts();
      const amount = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2 });
      const percent = new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 4 });
      const expected = [
        percent.format(Number(ratio)),
        amount.format(Number(principal)),
        amount.format(Number(of)),
      ];
      assert.deepEqual(cells, [`PAR ${days}`, ...expected]);
    }
    const ageing = page.getByRole('table', { name: 'Ageing', exact: true });
    const volumes = await ageing.getByRole('row').locator('td:nth-child(4)').allInnerTexts();
    assert.deepEqual(
      volumes.slice(0, -1),
      buckets.map(({ volume }) => String(volume)),
    );
  });

  test('every chart has its table and a CSV file with the figures as James sent them', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    for (const title of ['Value and volume through time', 'Ageing through time']) {
      const card = page.getByRole('region', { name: title, exact: true });
      await card.getByRole('group', { name: /^Chart: / }).waitFor();
      await card.getByText('Table', { exact: true }).click();
      await card.getByRole('table', { name: title }).waitFor();
      const downloading = page.waitForEvent('download');
      await card.getByRole('button', { name: `Download as CSV: ${title}` }).click();
      const file = await (await downloading).path();
      const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
      const shownRows = await card.getByRole('row').count();
      assert.equal(lines.length, shownRows, title);
      assert.equal(lines.at(-1)?.split(',')[0], bank.today, title);
    }
    const { value, principal, volume } = await sums();
    const card = page.getByRole('region', { name: 'Value and volume through time' });
    await card.getByRole('button', { name: 'Copy the table: Value and volume through time' }).click();
    const copied = String(await page.evaluate('navigator.clipboard.readText()')).split('\n');
    assert.equal(copied.at(-1), [bank.today, value, principal, volume].join('\t'));
  });

  test('a click on the chart takes its date', async () => {
    await using visitor = await browser.visit(service.url);
    const { page } = visitor;
    await visitor.signIn();
    const chart = page.getByRole('group', { name: /^Chart: .* dates, value last/ });
    await chart.locator('svg path').first().waitFor();
    const box = await chart.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForURL(/as_of=\d{4}-\d{2}-\d{2}/);
  });

  test('figures of billions are read whole, on any screen', async () => {
    const date = monthsOn(bank.today, -1);
    for (let loan = 0; loan < 4; loan++) {
      await bank.client.loan({
        reference: `G-${loan}`,
        amount: '9000000000.00',
        term: 24,
        rate: '0.08',
        date,
      });
    }
    const { value } = await sums();
    for (const width of [390, 1024, 1240, 1440, 1920]) {
      await using visitor = await browser.visit(service.url, { viewport: { width, height: 900 } });
      const { page } = visitor;
      await visitor.signIn();
      const figure = page.getByRole('region', { name: 'Outstanding value' }).getByText(dollars(value));
      await figure.waitFor();
      const [needed, given] = await figure.evaluate((text) => [text.scrollWidth, text.clientWidth]);
      assert.ok(Number(needed) <= Number(given), `${needed} of ${given} pixels on a screen of ${width}`);
    }
  });
});
