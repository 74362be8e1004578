// The james command: one place that names all commands.

import { Command } from 'commander';
import { backupCommands } from './cli/backup.ts';
import { bookCommand } from './cli/book.ts';
import { HELP_STYLE } from './cli/colours.ts';
import { EXIT_CODES_HELP } from './cli/command-context.ts';
import { completionCommand } from './cli/completion.ts';
import { demoCommand } from './cli/demo.ts';
import { exportCommand } from './cli/export.ts';
import { headCommand } from './cli/head.ts';
import { importCommand } from './cli/import.ts';
import { initDbCommand } from './cli/init-db.ts';
import { keysCommand } from './cli/keys.ts';
import { serveCommand } from './cli/serve.ts';
import { verifyCommand } from './cli/verify.ts';

/** All commands; bin/james.js runs what was asked for. */
export const program = new Command('james')
  .description('The loan book of a bank: issue loans, record payments, ask for the debt as of any date.')
  .showHelpAfterError('(run with --help for what there is)')
  .configureHelp(HELP_STYLE)
  .addHelpText(
    'after',
    `\nExample:\n  npx james serve\n\n${EXIT_CODES_HELP}\n\nSettings are environment variables: README.md tells which there are\nand what each does.`,
  );
serveCommand(program);
initDbCommand(program);
importCommand(program);
exportCommand(program);
bookCommand(program);
verifyCommand(program);
headCommand(program);
backupCommands(program);
keysCommand(program);
demoCommand(program);
// Last: it knows the commands that were there before.
completionCommand(program);
