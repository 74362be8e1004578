// Every page, in light and dark, at a desk and on a phone: axe finds no serious fault, nothing is wider than the screen, and
// a picture of each is kept to be looked at.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  accessibilityFaults,
  DESK,
  keepPicture,
  PHONE,
  startBrowser,
  type TestBrowser,
} from '../support/browser.ts';
import { type ConsoleBank, consoleBank, daysOn } from '../support/console-bank.ts';
import { type Service, startService } from '../support/service.ts';

const UNKNOWN = 'loan-unknown';

describe('pages', () => {
  let service: Service;
  let browser: TestBrowser;
  let bank: ConsoleBank;

  before(async () => {
    service = await startService();
    bank = await consoleBank(service.url);
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.stop();
  });

  interface Shown {
    readonly name: string;
    readonly path: () => string;
    readonly heading: string;
    /** The tab to open. */
    readonly tab?: string;
  }

  const pages: readonly Shown[] = [
    { name: 'book', path: () => '', heading: 'Book' },
    { name: 'book-known-then', path: () => `?known_at=${daysOn(bank.today, -1)}`, heading: 'Book' },
    { name: 'loans', path: () => 'loans', heading: 'Loans' },
    { name: 'loan-schedule', path: () => `loans/${bank.loans.get('B-1')?.id}`, heading: 'B-1' },
    {
      name: 'loan-payments',
      path: () => `loans/${bank.loans.get('B-5')?.id}`,
      heading: 'B-5',
      tab: 'Payments',
    },
    { name: 'loan-reversed', path: () => `loans/${bank.loans.get('B-7')?.id}`, heading: 'B-7' },
    {
      name: 'loan-history',
      path: () => `loans/${bank.loans.get('B-1')?.id}`,
      heading: 'B-1',
      tab: 'History',
    },
    { name: 'issue', path: () => 'issue', heading: 'Issue a loan' },
    { name: 'record-one', path: () => 'record', heading: 'Record payments' },
    { name: 'record-month', path: () => 'record?view=month', heading: 'Record payments' },
    { name: 'import', path: () => 'import', heading: 'Import' },
    { name: 'nowhere', path: () => 'nowhere', heading: 'There is no such page' },
    // Last: from then on it is no fault that something is not found.
    { name: UNKNOWN, path: () => 'loans/01900000-0000-7000-8000-000000000000', heading: 'Loan' },
  ];

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [screen, viewport] of [
      ['desk', DESK],
      ['phone', PHONE],
    ] as const) {
      test(`are sound in ${colorScheme} colours on a ${screen}`, async () => {
        await using visitor = await browser.visit(service.url, { colorScheme, viewport });
        const { page } = visitor;
        const look = async (name: string) => {
          assert.deepEqual(await accessibilityFaults(page), [], name);
          const width = await page.evaluate('document.documentElement.scrollWidth');
          assert.ok(Number(width) <= viewport.width, `${name} is ${width} pixels wide`);
          await keepPicture(page, `${name}-${screen}-${colorScheme}`);
        };
        await visitor.open();
        await page.getByRole('heading', { name: 'Sign in to James' }).waitFor();
        await look('sign-in');
        await visitor.signIn();
        for (const { name, path, heading, tab } of pages) {
          if (name === UNKNOWN) visitor.forgive(/status of 404/);
          await visitor.open(path());
          await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
          if (tab !== undefined) await page.getByRole('tab', { name: tab }).click();
          await page.waitForLoadState('networkidle');
          await look(name);
        }
      });
    }
  }
});
