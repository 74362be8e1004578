// james init-db: creates what is missing and loses nothing.

import type { Command } from 'commander';
import { initDatabase, openDatabase } from '../wiring/open-database.ts';
import { running, settingsFor } from './command-context.ts';

export function initDbCommand(program: Command): void {
  program
    .command('init-db')
    .description('create the database, or bring it to the current schema; nothing in it is lost')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=sqlite:////var/lib/james/james.sqlite CURRENCY=EUR npx james init-db',
    )
    .action((options: { json?: boolean }) =>
      running(async () => {
        const settings = settingsFor('command');
        const { migrated } = await initDatabase(settings);
        const store = openDatabase(settings);
        await store.close();
        if (options.json) console.log(JSON.stringify({ database: settings.databaseFile, migrated }));
        else if (migrated.length === 0) console.log(`${settings.databaseFile} is current`);
        else console.log(`${settings.databaseFile} is ready (${migrated.join(', ')})`);
      }),
    );
}
