// james export loans|payments|book: all of it as of a date, as known on a date, in one file, read from one snapshot.

import { type Command, Option } from 'commander';
import { type CalendarDate, formatDate, parseDate } from '../domain/calendar-date.ts';
import { PAYMENT_KINDS, type PaymentKind } from '../domain/payment.ts';
import { exportBytes } from '../export/export-bytes.ts';
import {
  EXPORT_FORMATS,
  EXPORT_TABLES,
  type ExportFormat,
  type ExportQuestion,
  type ExportTable,
} from '../export/export-question.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { laneExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { Ledger, type LoanFilter } from '../ledger/ledger.ts';
import { snapshotsOf } from '../wiring/engines.ts';
import { openForReading } from '../wiring/open-database.ts';
import { CommandError, EXIT_INTERRUPTED, running, settingsFor } from './command-context.ts';
import { exportFile, ReaderGone } from './export-file.ts';
import { exportProgress } from './export-progress.ts';

interface Options {
  readonly format?: ExportFormat;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly output?: string;
  readonly json?: boolean;
  readonly reference?: string;
  readonly status?: NonNullable<LoanFilter['status']>;
  readonly payment?: PaymentKind;
  readonly dateFrom?: string;
  readonly dateTo?: string;
  readonly daysPastDueMin?: string;
  readonly includeReversed?: boolean;
}

const DAYS = /^\d{1,7}$/;

function dateOption(text: string, option: string): CalendarDate {
  const date = parseDate(text);
  if (date === undefined) throw new CommandError(`${option}: "${text}" is not a calendar date (YYYY-MM-DD)`);
  return date;
}

function daysOption(text: string): number {
  if (!DAYS.test(text)) throw new CommandError(`--days-past-due-min: "${text}" is not a number of days`);
  return Number(text);
}

/** Unless one is named, the form follows from the file's name. */
function formatOf({ format, output }: Options): ExportFormat {
  return format ?? EXPORT_FORMATS.find((one) => output?.endsWith(`.${one}`)) ?? 'csv';
}

function filterOf(table: ExportTable, options: Options): Partial<ExportQuestion> {
  const { reference, status, payment, dateFrom, dateTo, daysPastDueMin, includeReversed } = options;
  return {
    ...(dateFrom === undefined ? {} : { dateFrom: dateOption(dateFrom, '--date-from') }),
    ...(dateTo === undefined ? {} : { dateTo: dateOption(dateTo, '--date-to') }),
    ...(reference === undefined ? {} : { reference }),
    ...(status === undefined ? {} : { status }),
    ...(payment === undefined ? {} : { kind: payment }),
    ...(daysPastDueMin === undefined ? {} : { daysPastDueMin: daysOption(daysPastDueMin) }),
    ...(table === 'book' ? {} : { reversed: includeReversed === true }),
  };
}

/** What is asked, as known on a day that nothing is recorded on any more, or on the present one. */
async function questionOf(ledger: Ledger, table: ExportTable, options: Options): Promise<ExportQuestion> {
  const filter = filterOf(table, options);
  const asOf = options.asOf === undefined ? ledger.today() : dateOption(options.asOf, '--as-of');
  const today = await ledger.knownToday();
  const knownOn = options.knownAt === undefined ? ledger.today() : dateOption(options.knownAt, '--known-at');
  if (options.knownAt !== undefined && knownOn > today) {
    throw new CommandError(`--known-at: must not be after today, ${formatDate(today)}`);
  }
  const knownAt = options.knownAt !== undefined && knownOn < today ? knownOn : undefined;
  await ledger.fix(knownAt);
  const { currency } = ledger.bank;
  return { table, format: formatOf(options), currency, asOf, knownAt, knownOn, ...filter } as ExportQuestion;
}

async function askedQuestion(table: ExportTable, options: Options): Promise<ExportQuestion> {
  const settings = settingsFor('command');
  const store = await openForReading(settings);
  try {
    const parts = { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone) };
    const execute = laneExecutor({ ...parts, newId });
    return await questionOf(new Ledger({ ...parts, execute, rounding: settings.rounding }), table, options);
  } finally {
    await store.close();
  }
}

interface Written {
  readonly rows: number;
  readonly bytes: number;
}

/** Writes the file; on Ctrl-C and SIGTERM nothing of it is left. */
async function write(question: ExportQuestion, output: string | undefined): Promise<Written> {
  const { database } = settingsFor('command');
  const file = await exportFile(output);
  const progress = exportProgress(question.table, output !== undefined || !process.stdout.isTTY);
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const written = { rows: 0, bytes: 0 };
  try {
    for await (const chunk of exportBytes(snapshotsOf(database), question, progress.begin)) {
      if (interrupted) throw new Interrupted('interrupted; nothing is left of the export');
      await file.write(chunk.bytes);
      written.rows = chunk.rows;
      written.bytes += chunk.bytes.length;
      progress.update(chunk.rows, chunk.lookedAt);
    }
    await file.finish();
    return written;
  } catch (error) {
    await file.drop();
    if (error instanceof Error && 'syscall' in error) {
      throw new CommandError(`${output ?? 'standard output'} cannot be written: ${error.message}`);
    }
    throw error;
  } finally {
    progress.stop();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

class Interrupted extends CommandError {}

async function exportTable(table: ExportTable, given: Options): Promise<void> {
  const { output: named, ...others } = given;
  const options: Options = named === undefined || named === '-' ? others : given;
  const { output, json } = options;
  if (formatOf(options) === 'parquet' && output === undefined && process.stdout.isTTY) {
    throw new CommandError('Parquet is not for a terminal: name a file with -o');
  }
  const question = await askedQuestion(table, options);
  const started = performance.now();
  try {
    const { rows, bytes } = await write(question, output);
    const seconds = (performance.now() - started) / 1000;
    const asOf = formatDate(question.asOf);
    const knownAt = formatDate(question.knownOn);
    // Standard output is the file where no other is named.
    const say = output === undefined ? console.error : console.log;
    const figures = { rows, bytes, seconds: Number(seconds.toFixed(3)) };
    if (json) {
      const { format } = question;
      say(
        JSON.stringify({ table, format, as_of: asOf, known_at: knownAt, file: output ?? null, ...figures }),
      );
    } else {
      const rate = Math.round(rows / Math.max(seconds, 0.001));
      const where = output === undefined ? '' : ` in ${output}`;
      say(
        `${table}: ${rows} rows as of ${asOf}, known at ${knownAt}${where}, ${bytes} bytes in ${seconds.toFixed(1)} s (${rate} rows/s)`,
      );
    }
  } catch (error) {
    if (error instanceof ReaderGone) return;
    if (!(error instanceof Interrupted)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_INTERRUPTED;
  }
}

const DESCRIPTIONS: Record<ExportTable, string> = {
  loans: 'all loans with their state as of a date',
  payments: 'all payment records up to a date',
  book: "the book's changes up to a date: added up they are the book",
};

function addFilters(command: Command, table: ExportTable): Command {
  const what = { loans: 'originated', payments: 'effective', book: 'effective' }[table];
  if (table !== 'book')
    command.option('--reference <reference>', "of the loan with this number of the bank's");
  if (table === 'loans') {
    command.addOption(
      new Option('--status <status>', 'as of the date').choices(['active', 'paid_off', 'reversed']),
    );
  }
  if (table === 'payments')
    command.addOption(new Option('--payment <kind>', 'of this kind').choices(PAYMENT_KINDS));
  command.option('--date-from <date>', `${what} on this date or later`);
  command.option('--date-to <date>', `${what} on this date or earlier`);
  if (table !== 'payments') command.option('--days-past-due-min <days>', 'at least so many days past due');
  if (table !== 'book') command.option('--include-reversed', 'with what was taken back');
  return command;
}

export function exportCommand(program: Command): void {
  const group = program.command('export').description('write loans, payments or the book to a file');
  for (const table of EXPORT_TABLES) {
    const command = group
      .command(table)
      .description(DESCRIPTIONS[table])
      .addOption(
        new Option(
          '--format <format>',
          "form of the file (default: as the file's name says, else csv)",
        ).choices(EXPORT_FORMATS),
      )
      .option('--as-of <date>', "leaves out what is effective later (default: today in the bank's time zone)")
      .option('--known-at <date>', 'leaves out what was recorded later (default: everything known now)')
      .option(
        '-o, --output <file>',
        'where it goes; must not be there yet (default, and -: standard output)',
      );
    addFilters(command, table)
      .option('--json', 'tell the result as JSON')
      .addHelpText(
        'after',
        `\nAll of it is of one moment, whatever is recorded meanwhile. --as-of 9999-12-31 leaves nothing out.\n\nExample:\n  npx james export ${table} --as-of 2010-12-31 -o ${table}.parquet`,
      )
      .action((options: Options) => running(() => exportTable(table, options)));
  }
}
