// james verify: are the book and the loans' states what the records make them?

import type { Command } from 'commander';
import { formatMoney } from '../domain/money.ts';
import { verify } from '../ledger/verify.ts';
import { openAuditor, openForReading } from '../wiring/open-database.ts';
import { bad, good } from './colours.ts';
import { EXIT_FAILED, running, settingsFor } from './command-context.ts';
import { progressOf } from './progress.ts';

interface Options {
  readonly rebuild?: boolean;
  readonly json?: boolean;
}

async function verifyDatabase(options: Options): Promise<void> {
  const settings = settingsFor('command');
  const store = await openForReading(settings);
  const { currency } = store.bank;
  await store.close();
  const rebuild = options.rebuild === true;
  const say = (difference: Record<string, unknown>, text: string): void =>
    console.log(options.json ? JSON.stringify(difference) : text);

  const progress = progressOf('verify', 'loans');
  const { loans, differences } = await verify({
    auditor: openAuditor(settings),
    rebuild,
    onLoanDifference: (loan_id, difference) => say({ loan_id, difference }, `loan ${loan_id}: ${difference}`),
    onBookDifference: ({ table, key, difference }) => {
      const value = formatMoney(difference.valueCents, currency);
      const principal = formatMoney(difference.principalCents, currency);
      const { volume } = difference;
      say(
        { table, key, difference: { value, principal, volume } },
        `book, ${table}, ${key}: stored − right is ${value} in value, ${principal} in principal, ${volume} in volume`,
      );
    },
    onDatabaseFault: (fault) => say({ database: fault }, `database: ${fault}`),
    onProgress: (done, of) => progress.update(done, done / of),
  }).finally(() => progress.stop());
  const end = differences === 0 ? good('no difference') : bad(`${differences} differences`);
  const rebuilt = rebuild ? '; the book and the states are rebuilt from the records' : '';
  say({ loans, differences, rebuilt: rebuild }, `${loans} loans verified: ${end}${rebuilt}`);
  if (differences > 0) process.exitCode = EXIT_FAILED;
}

export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('recompute the book, the states of all loans and all constraints from the records')
    .option('--rebuild', 'write the right book and the right states; what records themselves get wrong stays')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nExit codes: 0 no difference, 1 some (each is printed; also those that --rebuild has mended).\nCtrl-C changes nothing; run it again from the beginning.\n\nExample:\n  npx james verify',
    )
    .action((options: Options) => running(() => verifyDatabase(options)));
}
