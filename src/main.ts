// The james command: one place that names all commands.

import { Command } from 'commander';
import { backupCommands } from './cli/backup.ts';
import { bookCommand } from './cli/book.ts';
import { exportCommand } from './cli/export.ts';
import { headCommand } from './cli/head.ts';
import { importCommand } from './cli/import.ts';
import { initDbCommand } from './cli/init-db.ts';
import { keysCommand } from './cli/keys.ts';
import { serveCommand } from './cli/serve.ts';
import { verifyCommand } from './cli/verify.ts';

const program = new Command('james')
  .description('The loan book of a bank: issue loans, record payments, ask for the debt as of any date.')
  .showHelpAfterError('(run with --help for what there is)')
  .addHelpText(
    'after',
    '\nSettings are environment variables: README.md tells which there are\nand what each does.',
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
await program.parseAsync();
