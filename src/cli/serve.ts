// james serve: the process. Starts the server on a port, and stops it without dropping what it has accepted.

import type { Command } from 'commander';
import { DEVELOPMENT_KEYS, type Settings } from '../config.ts';
import { Authorization } from '../http/authorization.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { Ledger } from '../ledger/ledger.ts';
import { openForServing } from '../wiring/open-database.ts';
import { threadExecutor } from '../wiring/thread-executor.ts';
import { threadedStore } from '../wiring/threaded-store.ts';
import { running, settingsFor } from './command-context.ts';

const SECOND_SIGNAL_MS = 500;

async function serve(settings: Settings): Promise<void> {
  // The other commands start faster for not loading the server.
  const { buildServer } = await import('../http/server.ts');
  const store = threadedStore(await openForServing(settings), settings.databaseFile);
  const writer = threadExecutor(settings.databaseFile);
  const ledger = new Ledger({
    store,
    execute: writer.execute,
    clock: systemClock,
    dateAt: datesIn(store.bank.timeZone),
    rounding: settings.rounding,
  });
  const authorization = new Authorization(settings.apiKeys);
  const app = await buildServer({ ledger, authorization }, { level: settings.logLevel });

  let stoppingSince: number | undefined;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stoppingSince !== undefined) {
      // A terminal and a wrapper may both pass on one Ctrl-C; only a later signal means "now".
      if (performance.now() - stoppingSince > SECOND_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    app.log.info({ signal }, 'stopping');
    await app.close();
    await ledger.settled();
    await writer.close();
    await store.close();
    process.exitCode = 0;
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  const url = await app.listen({ host: settings.host, port: settings.port });
  console.log(`James is listening on ${url}`);
  if (settings.mode === 'development') {
    console.log(`  database  ${settings.databaseFile}`);
    console.log(
      `  try it    curl -H 'Authorization: Bearer ${DEVELOPMENT_KEYS[0]?.key}' ${url}/v1/book/outstanding`,
    );
  }
}

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the James and /v1 surfaces over HTTP')
    .addHelpText('after', '\nExample:\n  PORT=8080 npx james serve')
    .action(() => running(() => serve(settingsFor('serve'))));
}
