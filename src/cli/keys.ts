// james keys: make, list, rotate and revoke API keys, on the machine that reaches the database. The first admin's key is
// made here.

import type { Command } from 'commander';
import { KEY_NAME, type KeyOutcome, Keys, type ShownKey, type StoredKey } from '../access/keys.ts';
import { ROLES, type Role } from '../access/roles.ts';
import { keyShape, shownKeyShape } from '../http/v1/keys.ts';
import { systemClock } from '../ledger/clock.ts';
import { openKeyStore } from '../wiring/engines.ts';
import { openForReading } from '../wiring/open-database.ts';
import { CommandError, running, settingsFor } from './command-context.ts';

/** What records say of who made a key here. */
const COMMAND_LINE = 'command-line';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationMs(option: string, text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  const unit = match === null ? undefined : UNITS_MS[match[2] as string];
  if (unit === undefined)
    throw new CommandError(`${option}: "${text}" is not a time such as 30m, 12h or 90d`);
  return Number(match?.[1]) * unit;
}

/** A date (its first instant, UTC), an instant, or a time from now. */
function expiryOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d+[smhd]$/.test(text)) return systemClock() + durationMs('--expires', text);
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at)) {
    throw new CommandError(`--expires: "${text}" is not a date, an instant or a time such as 90d`);
  }
  return at;
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (role === undefined) throw new CommandError(`--role: "${text}" is not one of ${ROLES.join(', ')}`);
  return role;
}

function limitOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new CommandError(`${option}: "${text}" is not a number of requests a second`);
}

async function withKeys(work: (keys: Keys) => Promise<void>): Promise<void> {
  const settings = settingsFor('command');
  // As every other command: in development an existing database is brought to the current schema.
  await (await openForReading(settings)).close();
  const store = await openKeyStore(settings.database);
  try {
    await work(new Keys(store, systemClock));
  } finally {
    await store.close();
  }
}

function show(stored: StoredKey, shown: ShownKey, json: boolean | undefined, what: string): void {
  if (json) {
    console.log(JSON.stringify(shownKeyShape(stored, shown)));
    return;
  }
  console.log(
    `${what} (${stored.role}${stored.expiresAt === null ? '' : `, expires ${new Date(stored.expiresAt).toISOString()}`})`,
  );
  console.log(`  key    ${shown.key}`);
  console.log(`  token  ${shown.token}   (for the James surface)`);
  console.log('It is shown this once and kept nowhere.');
}

interface CreateOptions {
  role: string;
  expires?: string;
  readsPerSecond?: string;
  writesPerSecond?: string;
  json?: boolean;
}

const REFUSALS: Record<Exclude<KeyOutcome['kind'], 'made'>, string> = {
  'name-taken': 'another key has, or had, this name; names are never given twice',
  'name-reserved': 'this name stands for something else in the records',
  'expired-already': 'the expiry must lie ahead',
};

async function create(name: string, options: CreateOptions): Promise<void> {
  if (!KEY_NAME.test(name)) {
    throw new CommandError(`"${name}" is no name: letters and digits, then also . _ @ -`);
  }
  const request = {
    name,
    role: roleOf(options.role),
    expiresAt: expiryOf(options.expires),
    readsPerSecond: limitOf('--reads-per-second', options.readsPerSecond),
    writesPerSecond: limitOf('--writes-per-second', options.writesPerSecond),
  };
  await withKeys(async (keys) => {
    const outcome = await keys.create(request, COMMAND_LINE);
    if (outcome.kind !== 'made') throw new CommandError(`${name}: ${REFUSALS[outcome.kind]}`);
    show(outcome.stored, outcome.shown, options.json, `the key ${name} is made`);
  });
}

async function list({ json }: { json?: boolean }): Promise<void> {
  await withKeys(async (keys) => {
    const shapes = (await keys.list()).map((key) => keyShape(key));
    if (json) {
      console.log(JSON.stringify(shapes));
      return;
    }
    if (shapes.length === 0) console.log('no keys have been made; see: james keys create --help');
    const rows = shapes.map(({ name, role, status, expires_at: expires, last_used_at: used }) => [
      name,
      role,
      status,
      expires === null ? 'never expires' : `expires ${expires}`,
      used === null ? 'never used' : `used ${used}`,
    ]);
    const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
    for (const row of rows)
      console.log(
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
  });
}

async function rotate(name: string, options: { overlap: string; json?: boolean }): Promise<void> {
  const overlapMs = durationMs('--overlap', options.overlap);
  await withKeys(async (keys) => {
    const outcome = await keys.rotate(name, overlapMs);
    if (outcome.kind !== 'rotated') throw new CommandError(unchangeable(name, outcome.kind));
    show(outcome.stored, outcome.shown, options.json, `the key ${name} has another secret`);
    if (!options.json) console.log(`The old one opens until ${new Date(outcome.othersEndAt).toISOString()}.`);
  });
}

async function revoke(name: string, { json }: { json?: boolean }): Promise<void> {
  await withKeys(async (keys) => {
    const outcome = await keys.revoke(name, COMMAND_LINE);
    if (outcome.kind !== 'revoked') throw new CommandError(unchangeable(name, outcome.kind));
    console.log(
      json
        ? JSON.stringify(keyShape(outcome.stored))
        : `the key ${name} is revoked: it opens nothing any more, on any server, within two seconds`,
    );
  });
}

function unchangeable(name: string, kind: 'unknown-key' | 'revoked-before'): string {
  return kind === 'unknown-key' ? `there is no key ${name}` : `the key ${name} was revoked before`;
}

export function keysCommand(program: Command): void {
  const group = program.command('keys').description('API keys: make, list, rotate, revoke');
  group
    .command('create')
    .argument('<name>', "under which the ledger's records name the key")
    .description('make a key; it is shown once')
    .requiredOption(
      '--role <role>',
      'viewer (reads), officer (also issues, records, reverses) or admin (also keys, imports)',
    )
    .option('--expires <when>', 'a date, an instant, or a time from now such as 90d (default: never)')
    .option('--reads-per-second <n>', "its own limit (default: the server's)")
    .option('--writes-per-second <n>', "its own limit (default: the server's)")
    .option('--json', 'answer as JSON')
    .addHelpText('after', '\nExample:\n  npx james keys create branch-7 --role officer --expires 365d')
    .action((name: string, options: CreateOptions) => running(() => create(name, options)));
  group
    .command('list')
    .description('all keys that were ever made')
    .option('--json', 'answer as JSON')
    .addHelpText('after', '\nExample:\n  npx james keys list')
    .action((options: { json?: boolean }) => running(() => list(options)));
  group
    .command('rotate')
    .argument('<name>')
    .description('give a key another secret')
    .option('--overlap <time>', 'for so long the old secret still opens, such as 24h', '0s')
    .option('--json', 'answer as JSON')
    .addHelpText('after', '\nExample:\n  npx james keys rotate branch-7 --overlap 24h')
    .action((name: string, options: { overlap: string; json?: boolean }) =>
      running(() => rotate(name, options)),
    );
  group
    .command('revoke')
    .argument('<name>')
    .description('shut a key out for good')
    .option('--json', 'answer as JSON')
    .addHelpText('after', '\nExample:\n  npx james keys revoke branch-7')
    .action((name: string, options: { json?: boolean }) => running(() => revoke(name, options)));
}
