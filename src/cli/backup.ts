// james backup and james restore: all of a database in one file, taken while it serves, and the same back.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { type BackupProgress, NotRestorable } from '../store/backup.ts';
import { addressText } from '../store/database-address.ts';
import { backupsOf } from '../wiring/engines.ts';
import { initDatabase, openForReading } from '../wiring/open-database.ts';
import { CommandError, running, settingsFor } from './command-context.ts';

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A bar on a terminal, nothing elsewhere. */
function progressBar(label: string) {
  const bar = new SingleBar({
    format: `${label} {bar} {percentage} % | {eta_formatted} left`,
    noTTYOutput: false,
    clearOnComplete: true,
  });
  if (process.stderr.isTTY) bar.start(1, 0);
  return {
    show: ({ done }: BackupProgress) => bar.update(done ?? 0),
    stop: () => bar.stop(),
  };
}

async function backup(file: string, { json }: { json?: boolean }): Promise<void> {
  const settings = settingsFor('command');
  if (existsSync(file)) throw new CommandError(`${file} is there already; a backup overwrites nothing`);
  await (await openForReading(settings)).close();
  const bar = progressBar('backup');
  try {
    const { takenAt, loans } = await backupsOf(settings.database).backup(file, bar.show);
    bar.stop();
    const told = {
      file,
      taken_at: new Date(takenAt).toISOString(),
      loans,
      bytes: statSync(file).size,
      sha256: await sha256(file),
    };
    console.log(
      json
        ? JSON.stringify(told)
        : `${file}: ${loans} loans as of ${told.taken_at}, ${told.bytes} bytes\nsha256 ${told.sha256}`,
    );
  } catch (error) {
    bar.stop();
    throw mended(error, file);
  }
}

async function restore(file: string, { json }: { json?: boolean }): Promise<void> {
  const settings = settingsFor('command');
  if (!existsSync(file)) throw new CommandError(`${file} is not there`);
  const bar = progressBar('restore');
  try {
    const { loans } = await backupsOf(settings.database).restore(file, bar.show);
    const { migrated } = await initDatabase(settings);
    bar.stop();
    const database = addressText(settings.database);
    console.log(
      json
        ? JSON.stringify({ file, database, loans, migrated })
        : `${database}: ${loans} loans are back; james verify checks them all`,
    );
  } catch (error) {
    bar.stop();
    throw mended(error, file);
  }
}

/** What the person at the command line can mend, said in one line. */
function mended(error: unknown, file: string): unknown {
  if (error instanceof NotRestorable) return new CommandError(error.message);
  if (error instanceof Error && 'syscall' in error) return new CommandError(`${file}: ${error.message}`);
  return error;
}

export function backupCommand(program: Command): void {
  program
    .command('backup')
    .argument('<file>', 'where it goes; must not be there yet')
    .description('write all of the database to one file, as it is at one moment, while others read and write')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nCtrl-C leaves at most a part under another name (<file>.part); run it again.\n\nExample:\n  npx james backup james-2026-11-22.backup',
    )
    .action((file: string, options: { json?: boolean }) => running(() => backup(file, options)));
}

export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .argument('<file>', 'a backup')
    .description('bring a backup back into a place where no database is yet')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nCtrl-C restores nothing; run it again.\n\nExample:\n  DATABASE_URL=sqlite:////var/lib/james/restored.sqlite npx james restore james-2026-11-22.backup',
    )
    .action((file: string, options: { json?: boolean }) => running(() => restore(file, options)));
}
