// james head: one hash over all loans as known on a day that has passed. Kept outside, it proves later that nothing recorded
// by then was changed since.

import type { Command } from 'commander';
import { formatDate, parseDate } from '../domain/calendar-date.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { laneExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import { Ledger } from '../ledger/ledger.ts';
import { HeadOfAll } from '../store/record-chain.ts';
import { openAuditor, openForReading } from '../wiring/open-database.ts';
import { CommandError, EXIT_FAILED, running, settingsFor } from './command-context.ts';

const HASH = /^[0-9a-f]{64}$/;

interface Options {
  readonly date?: string;
  readonly check?: string;
  readonly json?: boolean;
}

async function head({ date, check, json }: Options): Promise<void> {
  const settings = settingsFor('command');
  const asked = date === undefined ? undefined : parseDate(date);
  if (date !== undefined && asked === undefined) {
    throw new CommandError(`--date: "${date}" is not a calendar date (YYYY-MM-DD)`);
  }
  if (check !== undefined && !HASH.test(check)) throw new CommandError(`--check: "${check}" is not a head`);

  const store = await openForReading(settings);
  let day: number;
  try {
    const parts = { store, clock: systemClock, dateAt: datesIn(store.bank.timeZone) };
    const ledger = new Ledger({
      ...parts,
      execute: laneExecutor({ ...parts, newId }),
      rounding: settings.rounding,
    });
    const today = ledger.today();
    day = asked ?? today - 1;
    if (day >= today)
      throw new CommandError(`--date: ${formatDate(day)} is not over; its head can still change`);
    // From now on nothing is recorded on that day any more.
    await ledger.fix(day);
  } finally {
    await store.close();
  }
  const all = new HeadOfAll();
  await openAuditor(settings).loanHeads(day, (loanId, hash) => all.add(loanId, hash));
  const found = { known_at: formatDate(day), loans: all.loans, head: all.hash() };
  const holds = check === undefined || check === found.head;
  if (json)
    console.log(JSON.stringify({ ...found, ...(check === undefined ? {} : { expected: check, holds }) }));
  else {
    console.log(`${found.known_at}  ${found.loans} loans  ${found.head}`);
    if (check !== undefined) {
      console.log(
        holds
          ? 'it is the head that was kept'
          : `it is not the head that was kept (${check}): something was changed`,
      );
    }
  }
  if (!holds) process.exitCode = EXIT_FAILED;
}

export function headCommand(program: Command): void {
  program
    .command('head')
    .description(
      'one hash over all that was known on a day that has passed, to be kept outside and checked later',
    )
    .option('--date <date>', "the day (default: yesterday in the bank's time zone)")
    .option('--check <head>', 'compare with a head that was printed before')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nIt follows from the hash of each loan’s last record; james verify checks that those follow from the records.\nExit codes: 0, or 1 where --check finds another head.\n\nExamples:\n  npx james head --date 2026-11-21\n  npx james head --date 2026-11-21 --check 3f0c…',
    )
    .action((options: Options) => running(() => head(options)));
}
