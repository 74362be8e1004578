// A real browser (Debian's chromium) with a person in it: their time zone, language, colours and screen. Whatever goes wrong
// behind their back fails the test: an error on the console, a request to another host, something that the page's policy
// refused.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { debianProgram } from './debian-program.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const STEP_LIMIT_MS = 20_000;

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface VisitorOptions {
  readonly timezoneId?: string;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Somebody in front of the console. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a page of the console: `loans?status=active`; the book unless given. */
  open(path?: string): Promise<void>;
  /** Opens the console and signs in with one click, as in development. */
  signIn(path?: string): Promise<void>;
  /** Takes what went wrong on purpose off the list, as a refused request. */
  forgive(pattern: RegExp): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestBrowser {
  visit(url: string, options?: VisitorOptions): Promise<Visitor>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Not signed in yet: the page asks whose session this is, and hears of none. */
const EXPECTED = [/status of 401/];

function watch(page: Page, origin: string): { readonly faults: string[]; forgive(pattern: RegExp): void } {
  const faults: string[] = [];
  const forgiven = [...EXPECTED];
  const note = (text: string) => {
    if (!forgiven.some((pattern) => pattern.test(text))) faults.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => note(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith('blob:'))
      note(`request to another host: ${url}`);
  });
  return { faults, forgive: (pattern) => forgiven.push(pattern) };
}

async function visitorOf(browser: Browser, url: string, options: VisitorOptions): Promise<Visitor> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: DESK,
    reducedMotion: 'reduce',
    ...options,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_LIMIT_MS);
  const { faults, forgive } = watch(page, new URL(url).origin);
  const open = async (path = '') => {
    await page.goto(`${url}/app/${path}`);
  };
  return {
    page,
    context,
    open,
    forgive,
    signIn: async (path) => {
      await open(path);
      await page.getByRole('button', { name: 'Sign in as developer' }).click();
      await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      assert.deepEqual(faults, []);
    },
  };
}

/** Finds a browser, or installs one, and starts it. */
export async function startBrowser(): Promise<TestBrowser> {
  const executablePath = await debianProgram({ name: 'chromium', debianPackage: 'chromium' });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    visit: (url, options = {}) => visitorOf(browser, url, options),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

const artefacts = join(import.meta.dirname, '../../.artifacts/console');

/** Keeps a picture of the page, for people to look at: `.artifacts/console/NAME.png`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: true });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFault {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on the page that is serious or worse, in words. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as AxeFault[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary}`),
    );
}
