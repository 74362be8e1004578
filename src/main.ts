// The james command: one place that names all commands. Only what was asked for is loaded, since a worker of the server is
// a command too, and each module that it does not need would delay its start.

import { Command } from 'commander';
import { HELP_STYLE } from './cli/colours.ts';
import { EXIT_CODES_HELP } from './cli/command-context.ts';

type AddCommand = (program: Command) => void;

/** By name, in the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  'init-db': async () => (await import('./cli/init-db.ts')).initDbCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  export: async () => (await import('./cli/export.ts')).exportCommand,
  book: async () => (await import('./cli/book.ts')).bookCommand,
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
  head: async () => (await import('./cli/head.ts')).headCommand,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  restore: async () => (await import('./cli/backup.ts')).restoreCommand,
  keys: async () => (await import('./cli/keys.ts')).keysCommand,
  demo: async () => (await import('./cli/demo.ts')).demoCommand,
  // Last: it knows the commands that were there before.
  completion: async () => (await import('./cli/completion.ts')).completionCommand,
};
const KNOWS_ALL = 'completion';

/** What to load for a command line: all that there is, where no one command is asked for by its name. */
function neededFor(asked: string | undefined): string[] {
  const isOne = asked !== undefined && asked !== KNOWS_ALL && Object.hasOwn(COMMANDS, asked);
  return isOne ? [asked] : Object.keys(COMMANDS);
}

/** The commands; bin/james.js runs what was asked for. `asked` is the first word of the command line. */
export async function programFor(asked: string | undefined): Promise<Command> {
  const program = new Command('james')
    .description('The loan book of a bank: issue loans, record payments, ask for the debt as of any date.')
    .showHelpAfterError('(run with --help for what there is)')
    .configureHelp(HELP_STYLE)
    .addHelpText(
      'after',
      `\nExample:\n  npx james serve\n\n${EXIT_CODES_HELP}\n\nSettings are environment variables: README.md tells which there are\nand what each does.`,
    );
  for (const name of neededFor(asked)) {
    const add = await (COMMANDS[name] as () => Promise<AddCommand>)();
    add(program);
  }
  return program;
}
