// james import loans|payments FILE: a file into the ledger, with progress, rejects and a summary.

import { constants, getPriority, setPriority } from 'node:os';
import type { Command } from 'commander';
import { type ByteInput, openBytes } from '../import/byte-input.ts';
import { type FileCounts, importFile } from '../import/import-file.ts';
import { IMPORT_KINDS, type ImportFormat, type ImportKind } from '../import/import-kinds.ts';
import { Reading } from '../import/reading.ts';
import { freeRejectsName, RejectsFile, rejectsFault } from '../import/rejects-file.ts';
import { NotImportable } from '../import/source-records.ts';
import { TrialBook } from '../import/trial-book.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { importExecutor } from '../ledger/execute-import.ts';
import { newId } from '../ledger/ids.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import { openForServing } from '../wiring/open-database.ts';
import {
  CommandError,
  EXIT_INTERRUPTED,
  EXIT_REJECTS,
  interruption,
  running,
  settingsFor,
} from './command-context.ts';
import { importProgress } from './import-progress.ts';
import { reportImport } from './import-report.ts';

interface Options {
  readonly rejects?: string;
  readonly format?: ImportFormat;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

function openInput(file: string): ByteInput {
  try {
    return openBytes(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** As its name tells; CSV unless that says something else. */
function formatOf(file: string): ImportFormat {
  return /\.(ndjson|jsonl)(\.gz)?$/i.test(file) ? 'ndjson' : 'csv';
}

/** Nobody waits for an import as for a request: what is served on the same machine goes first. */
function letRequestsGoFirst(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  try {
    if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed to here (a container's rules): then it takes its share as any other.
  }
}

async function runImport(kind: ImportKind, name: string, options: Options): Promise<void> {
  const settings = settingsFor('command');
  letRequestsGoFirst();
  const rejectsName = options.rejects ?? freeRejectsName(name);
  const fault = await rejectsFault(rejectsName, name);
  if (fault !== undefined) throw new CommandError(`--rejects: ${fault}`);
  const input = openInput(name);
  const store = await openForServing(settings);
  const { currency, timeZone } = store.bank;
  const format = options.format ?? formatOf(name);
  const file = new Reading().open({
    ...{ kind: kind.name, format, isGzip: false, lanes: store.lanes, currency, rounding: settings.rounding },
    ...{ compresses: false, bytesMax: Number.POSITIVE_INFINITY },
  });
  const trial = options.dryRun ? new TrialBook() : undefined;
  const rejects = new RejectsFile(rejectsName);
  const signal = interruption();
  const progress = importProgress(kind.name);
  const started = performance.now();
  let counts: FileCounts = { read: 0, accepted: 0, skipped: 0, rejected: 0 };
  try {
    counts = await importFile({
      ...{ bytes: input.bytes, file, format, writers: store.writers, currency, signal },
      ...(trial === undefined ? {} : { trial }),
      othersWrote: () => store.othersWrote(),
      execute: importExecutor({ store, clock: systemClock, dateAt: datesIn(timeZone), newId }),
      origin: { requestId: `import-${newId()}`, recordedBy: 'command-line' },
      onRejected: (rows, columns) => rejects.write(rows, columns),
      onProgress: (now, done) => {
        counts = now;
        const part = input.inAll === undefined ? undefined : (input.taken() / input.inAll) * done;
        progress.update(now, part);
      },
    });
  } catch (error) {
    if (error instanceof NotImportable) throw new CommandError(`${name}: ${error.message}`);
    if (error instanceof StoreUnavailable) throw error;
    if (error instanceof Error && 'code' in error) {
      throw new CommandError(
        `${name} cannot be read on (${error.message}); ${counts.read} rows are done. Run the import again: what is recorded is skipped.`,
      );
    }
    throw error;
  } finally {
    progress.stop();
    await file.close();
    await rejects.close();
    trial?.close();
    await store.close();
  }
  const seconds = (performance.now() - started) / 1000;
  const { json = false, dryRun: isDryRun = false } = options;
  reportImport({
    ...{ kind: kind.name, file: name, counts, seconds, json, isDryRun },
    ...{ rejectsFile: rejects.name, isInterrupted: signal.aborted },
  });
  if (signal.aborted) process.exitCode = EXIT_INTERRUPTED;
  else if (counts.rejected > 0) process.exitCode = EXIT_REJECTS;
}

export function importCommand(program: Command): void {
  const group = program.command('import').description('import loans or payments from CSV or NDJSON');
  for (const kind of IMPORT_KINDS) {
    group
      .command(kind.name)
      .argument('<file>', 'CSV or NDJSON, also gzip; - is standard input')
      .description(
        `import ${kind.name}; columns: ${kind.required.join(', ')}${kind.optional.map((name) => `, ${name} (optional)`).join('')}`,
      )
      .option('--rejects <file>', 'where rejected rows go (default: <file>.rejects.csv in this folder)')
      .addOption(
        group
          .createOption(
            '--format <format>',
            'what the file is (default: ndjson for .ndjson and .jsonl, else csv)',
          )
          .choices(['csv', 'ndjson']),
      )
      .option('--dry-run', 'check everything and book nothing')
      .option('--json', 'answer as JSON')
      .addHelpText(
        'after',
        `\nIt may be run again at any time: rows that are recorded already are skipped.\nExit codes: 0 all rows are recorded, 2 some were rejected, 1 it could not run, 130 interrupted.\n\nExample:\n  npx james import ${kind.name} ${kind.name}.csv`,
      )
      .action((file: string, options: Options) => running(() => runImport(kind, file, options)));
  }
}
