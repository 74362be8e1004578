// A made-up bank from the console: offered on an empty book to whoever may, and watched until its last day.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { onEachEngine } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { type Service, startService } from '../support/service.ts';
import { v1Client } from '../support/v1-client.ts';

interface DemoShown {
  readonly run: { readonly state: string };
}

const FILL = 'Fill the book with a made-up bank';

onEachEngine((engine) => {
  let browser: TestBrowser;

  before(async () => {
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
  });

  async function withService(
    env: Record<string, string>,
    work: (service: Service) => Promise<void>,
  ): Promise<void> {
    const service = await startService({ engine, env });
    try {
      await work(service);
    } finally {
      await service.stop();
    }
  }

  test('one click fills an empty book before the visitor’s eyes', async () => {
    await withService({}, async ({ url }) => {
      await using visitor = await browser.visit(url);
      const { page } = visitor;
      await visitor.signIn();
      await page.getByRole('button', { name: FILL }).click();
      const run = page.getByRole('region', { name: 'Made-up bank' });
      await run.getByRole('status').getByText('records a second').waitFor();
      await run.getByRole('progressbar').waitFor();
      const volume = page.getByRole('region', { name: 'Volume' });
      await volume.getByText(/^[1-9][\d,]* loans?$/).waitFor();
      assert.equal(await page.getByRole('button', { name: FILL }).count(), 0);
      assert.equal(await page.getByText('The book is empty').count(), 0);
    });
  });

  test('a run that somebody else began is shown too, and its figures once it is over', async () => {
    await withService({}, async ({ url }) => {
      const client = v1Client(url);
      await using visitor = await browser.visit(url);
      const { page } = visitor;
      await visitor.signIn();
      await page.getByRole('button', { name: FILL }).waitFor();
      assert.equal((await client.post('/v1/demo', { loans: 400, years: 2 })).status, 202);
      await page.reload();
      await until(
        async () => ((await client.get('/v1/demo')).json as DemoShown).run.state === 'done',
        'the made-up bank is whole',
      );
      await page.getByRole('region', { name: 'Made-up bank' }).waitFor({ state: 'detached' });
      const { json } = await client.outstanding();
      const { volume } = json as { volume: number };
      await page.getByRole('region', { name: 'Volume' }).getByText(`${volume} loans`).waitFor();
    });
  });

  test('nobody is offered it where the server does not allow it', async () => {
    await withService({ DEMO: 'no' }, async ({ url }) => {
      await using visitor = await browser.visit(url);
      const { page } = visitor;
      await visitor.signIn();
      await page.getByText('The book is empty').waitFor();
      await page.getByRole('link', { name: 'Issue the first loan' }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await page.getByRole('button', { name: FILL }).count(), 0);
    });
  });
});
