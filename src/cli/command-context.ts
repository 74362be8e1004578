// What all commands share: settings or one clear message, and exit codes.

import { readSettings, type Settings } from '../config.ts';
import { StoreUnavailable } from '../store/store-errors.ts';

/** It could not be done. */
export const EXIT_FAILED = 1;
/** It was done, but some rows were rejected. */
export const EXIT_REJECTS = 2;
/** Interrupted by Ctrl-C or SIGTERM. */
export const EXIT_INTERRUPTED = 130;

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
    console.error(expected ? error.message : error);
    process.exitCode = EXIT_FAILED;
  }
}
