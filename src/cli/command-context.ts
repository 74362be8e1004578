// What all commands share: settings or one clear message, and exit codes.

import { readSettings, type Settings } from '../config.ts';
import { StoreUnavailable } from '../store/store-errors.ts';
import { bad } from './colours.ts';

/** Exit codes, as the help and README tell them. */
export const EXIT_CODES_HELP = `Exit codes:
  0    done
  1    not done, or what was checked is not right; the message says what
  2    done, but some rows of an import were rejected
  130  interrupted by Ctrl-C; what was done by then stays, and nothing is half done`;

/** It could not be done, or what was checked is not right. */
export const EXIT_FAILED = 1;
/** It was done, but some rows were rejected. */
export const EXIT_REJECTS = 2;
/** Interrupted by Ctrl-C or SIGTERM. */
export const EXIT_INTERRUPTED = 130;

const SECOND_SIGNAL_MS = 500;

/** Something that the person at the command line can mend; printed without a stack. */
export class CommandError extends Error {}

export function settingsFor(purpose: 'serve' | 'command'): Settings {
  const reading = readSettings(process.env, purpose);
  if (reading.ok) return reading.settings;
  throw new CommandError(
    `James cannot start; the settings are wrong:\n${reading.faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

/** Runs a command; what goes wrong is one message on standard error and exit code 1. */
export async function running(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const expected = error instanceof CommandError || error instanceof StoreUnavailable;
    console.error(expected ? bad(error.message, process.stderr) : error);
    process.exitCode = EXIT_FAILED;
  }
}

/** Aborted by Ctrl-C or SIGTERM, for commands that finish what they have begun; a second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let since = 0;
  const interrupt = () => {
    // A terminal and a wrapper may both pass on one Ctrl-C; only a later signal means "now".
    if (controller.signal.aborted && performance.now() - since > SECOND_SIGNAL_MS)
      process.exit(EXIT_INTERRUPTED);
    since = performance.now();
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // bin/james.js started this process, and was killed: nobody would hear how it ends.
  process.once('disconnect', () => process.exit(EXIT_INTERRUPTED));
  process.channel?.unref();
  return controller.signal;
}
