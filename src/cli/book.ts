// james book: the outstanding debt and its ageing as of a date.

import type { Command } from 'commander';
import { type Arrears, BUCKET_BOUNDS_DEFAULT } from '../domain/arrears.ts';
import type { BookSums } from '../domain/book.ts';
import { type CalendarDate, formatDate, parseDate } from '../domain/calendar-date.ts';
import { formatScaled } from '../domain/decimal.ts';
import { type Currency, formatMoney } from '../domain/money.ts';
import { arrearsShape, outstandingShape } from '../http/v1/v1-shapes.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { laneExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { Ledger } from '../ledger/ledger.ts';
import { openForReading } from '../wiring/open-database.ts';
import { CommandError, running, settingsFor } from './command-context.ts';

interface Options {
  readonly asOf?: string;
  readonly json?: boolean;
}

/** 1234567.8 as "1,234,567.80": thousands set apart, for people. */
function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

function percent(millionths: bigint | null): string {
  return millionths === null ? '-' : `${formatScaled(millionths, 4)} %`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number),
      )
      .join('  ');
  return rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n');
}

function bookText(asOf: CalendarDate, sums: BookSums, arrears: Arrears, currency: Currency): string {
  const cells = (name: string, { valueCents, principalCents, volume }: BookSums) => [
    name,
    grouped(formatMoney(valueCents, currency)),
    grouped(formatMoney(principalCents, currency)),
    grouped(String(volume)),
  ];
  const bucketName = (from: number, to: number | null) =>
    to === 0 ? 'current' : to === null ? `over ${from - 1} days past due` : `${from}-${to} days past due`;
  const ageing = table([
    ['', `value (${currency.code})`, `principal (${currency.code})`, 'loans'],
    ...arrears.buckets.map((bucket) => cells(bucketName(bucket.daysFrom, bucket.daysTo), bucket)),
    cells('outstanding', sums),
  ]);
  const par = arrears.par
    .map(
      ({ days, principalCents, ofCents, ratioMillionths }) =>
        `  PAR ${days}: ${percent(ratioMillionths)} (${grouped(formatMoney(principalCents, currency))} of ${grouped(formatMoney(ofCents, currency))})`,
    )
    .join('\n');
  return `The book as of ${formatDate(asOf)}\n\n${ageing}\n\n${par}`;
}

async function book(options: Options): Promise<void> {
  const settings = settingsFor('command');
  const asked = options.asOf === undefined ? undefined : parseDate(options.asOf);
  if (options.asOf !== undefined && asked === undefined) {
    throw new CommandError(`--as-of: "${options.asOf}" is not a calendar date (YYYY-MM-DD)`);
  }
  const store = await openForReading(settings);
  try {
    const parts = { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone) };
    const execute = laneExecutor({ ...parts, newId });
    const ledger = new Ledger({ ...parts, execute, rounding: settings.rounding });
    const knownAt = ledger.today();
    const asOf = asked ?? knownAt;
    const sums = await ledger.outstanding(asOf);
    const arrears = await ledger.arrears(asOf, BUCKET_BOUNDS_DEFAULT);
    const { currency } = store.bank;
    const answer = { asOf, knownAt, asked: undefined, currency };
    if (options.json) {
      console.log(
        JSON.stringify({
          outstanding: outstandingShape(answer, sums),
          arrears: arrearsShape(answer, arrears),
        }),
      );
    } else console.log(bookText(asOf, sums, arrears, currency));
  } finally {
    await store.close();
  }
}

export function bookCommand(program: Command): void {
  program
    .command('book')
    .description('print the outstanding debt, its ageing and the portfolio at risk as of a date')
    .option('--as-of <date>', "the effective date (default: today in the bank's time zone)")
    .option('--json', 'answer as JSON, in the shapes of /v1')
    .addHelpText('after', '\nExample:\n  npx james book --as-of 2010-12-31')
    .action((options: Options) => running(() => book(options)));
}
