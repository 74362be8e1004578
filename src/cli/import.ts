// james import loans|payments FILE: CSV into the ledger, with progress, rejects and a summary.

import type { Command } from 'commander';
import { type ByteInput, openBytes } from '../import/byte-input.ts';
import { csvRecords, LineTooLong } from '../import/csv-records.ts';
import { type ImportKind, LOANS, PAYMENTS } from '../import/import-rows.ts';
import { NotImportable, runImport } from '../import/import-run.ts';
import { freeRejectsName, RejectsFile, rejectsFault } from '../import/rejects-file.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { batchExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import { openForServing } from '../wiring/open-database.ts';
import { CommandError, EXIT_INTERRUPTED, EXIT_REJECTS, running, settingsFor } from './command-context.ts';
import { importProgress } from './import-progress.ts';

/** Rows that one writer takes at a time. */
const ROWS_AT_ONCE = 2000;

interface Options {
  readonly rejects?: string;
  readonly json?: boolean;
}

function openInput(file: string): ByteInput {
  try {
    return openBytes(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Ctrl-C and SIGTERM end the import after the batch under way; a second one ends the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

async function importFile(kind: ImportKind, file: string, options: Options): Promise<void> {
  const settings = settingsFor('command');
  const rejectsName = options.rejects ?? freeRejectsName(file);
  const fault = await rejectsFault(rejectsName, file);
  if (fault !== undefined) throw new CommandError(`--rejects: ${fault}`);
  const input = openInput(file);
  const store = await openForServing(settings);
  const execute = batchExecutor({
    store,
    clock: systemClock,
    dateAt: datesIn(store.bank.timeZone),
    newId,
  });
  const rejects = new RejectsFile(rejectsName);
  const signal = interruption();
  const progress = importProgress(kind.name);
  const started = performance.now();
  let counts = { read: 0, accepted: 0, skipped: 0, rejected: 0 };
  try {
    counts = await runImport({
      kind,
      blocks: csvRecords(input.bytes),
      execute,
      rowsAtOnce: ROWS_AT_ONCE * store.writers,
      context: {
        currency: store.bank.currency,
        rounding: settings.rounding,
        origin: { requestId: `import-${newId()}`, recordedBy: 'command-line' },
      },
      onHeader: (columns) => rejects.setColumns(columns),
      onRejected: (rows) => rejects.write(rows),
      onProgress: (now) => {
        counts = now;
        progress.update(now, input.inAll === undefined ? undefined : input.taken() / input.inAll);
      },
      signal,
    });
  } catch (error) {
    if (error instanceof NotImportable || error instanceof LineTooLong) {
      throw new CommandError(`${file}: ${error.message}`);
    }
    if (error instanceof StoreUnavailable) throw error;
    if (error instanceof Error && 'code' in error) {
      throw new CommandError(
        `${file} cannot be read on (${error.message}); ${counts.read} rows are done. Run the import again: what is recorded is skipped.`,
      );
    }
    throw error;
  } finally {
    progress.stop();
    await rejects.close();
    await store.close();
  }
  const seconds = (performance.now() - started) / 1000;
  report(kind, file, options, counts, rejects.name, seconds, signal.aborted);
}

function report(
  kind: ImportKind,
  file: string,
  options: Options,
  counts: { read: number; accepted: number; skipped: number; rejected: number },
  rejectsFile: string | null,
  seconds: number,
  interrupted: boolean,
): void {
  const rate = Math.round(counts.read / Math.max(seconds, 0.001));
  if (options.json) {
    const figures = { seconds: Number(seconds.toFixed(3)), rows_per_second: rate };
    const result = { kind: kind.name, file, ...counts, rejects_file: rejectsFile, interrupted, ...figures };
    console.log(JSON.stringify(result));
  } else {
    console.log(
      `${kind.name}: ${counts.read} rows read in ${seconds.toFixed(1)} s (${rate} rows/s): ` +
        `${counts.accepted} accepted, ${counts.skipped} skipped (recorded before), ${counts.rejected} rejected`,
    );
    if (rejectsFile !== null) {
      console.log(`rejected rows are in ${rejectsFile}; correct them there and import that file`);
    }
    if (interrupted) console.log('interrupted; run the same command again to go on: nothing is booked twice');
  }
  if (interrupted) process.exitCode = EXIT_INTERRUPTED;
  else if (counts.rejected > 0) process.exitCode = EXIT_REJECTS;
}

export function importCommand(program: Command): void {
  const group = program.command('import').description('import loans or payments from CSV');
  for (const kind of [LOANS, PAYMENTS]) {
    group
      .command(kind.name)
      .argument('<file>', 'CSV, also gzip; - is standard input')
      .description(
        `import ${kind.name}; columns: ${kind.required.join(', ')}${kind.optional.map((name) => `, ${name} (optional)`).join('')}`,
      )
      .option('--rejects <file>', 'where rejected rows go (default: <file>.rejects.csv in this folder)')
      .option('--json', 'answer as JSON')
      .addHelpText(
        'after',
        `\nIt may be run again at any time: rows that are recorded already are skipped.\nExit codes: 0 all rows are recorded, 2 some were rejected, 1 it could not run, 130 interrupted.\n\nExample:\n  npx james import ${kind.name} ${kind.name}.csv`,
      )
      .action((file: string, options: Options) => running(() => importFile(kind, file, options)));
  }
}
