// james init-db and james migrate: create what is missing and lose nothing. One does what the other does; the first
// name is the original's, the second says what it is for after an upgrade.

import type { Command } from 'commander';
import { addressText } from '../store/database-address.ts';
import { initDatabase, openDatabase } from '../wiring/open-database.ts';
import { running, settingsFor } from './command-context.ts';

async function bringUpToDate(options: { json?: boolean }): Promise<void> {
  const settings = settingsFor('command');
  const { migrated } = await initDatabase(settings);
  const store = await openDatabase(settings, { compacts: false });
  await store.close();
  const database = addressText(settings.database);
  if (options.json) console.log(JSON.stringify({ database, migrated }));
  else if (migrated.length === 0) console.log(`${database} is current`);
  else console.log(`${database} is ready (${migrated.join(', ')})`);
}

export function initDbCommand(program: Command): void {
  const commands = [
    [
      'init-db',
      'create the database, or bring it to the current schema; nothing in it is lost',
      'DATABASE_URL=sqlite:////var/lib/james/james.sqlite CURRENCY=EUR npx james init-db',
    ],
    [
      'migrate',
      'the same: bring the database to the current schema, also while others do',
      'DATABASE_URL=postgresql://james@db/james npx james migrate',
    ],
  ] as const;
  for (const [name, description, example] of commands) {
    program
      .command(name)
      .description(description)
      .option('--json', 'answer as JSON')
      .addHelpText(
        'after',
        `\nCtrl-C leaves each migration there as a whole or not at all; run it again.\n\nExample:\n  ${example}`,
      )
      .action((options: { json?: boolean }) => running(() => bringUpToDate(options)));
  }
}
