// james serve: the command. In one process, or in several that share the port.

import cluster from 'node:cluster';
import type { Command } from 'commander';
import { DEVELOPMENT_KEYS, type Settings } from '../config.ts';
import { addressText } from '../store/database-address.ts';
import { openForServing } from '../wiring/open-database.ts';
import { certificateOf } from './command-certificate.ts';
import { CommandError, running, settingsFor } from './command-context.ts';

/** Says where the server is, once it is there. */
function announce(url: string, settings: Settings): void {
  console.log(`James is listening on ${url}`);
  if (settings.mode !== 'development') return;
  console.log(`  console   ${url}/app/`);
  console.log(`  database  ${addressText(settings.database)}`);
  console.log(
    `  try it    curl -H 'Authorization: Bearer ${DEVELOPMENT_KEYS[0]?.key}' ${url}/v1/book/outstanding`,
  );
}

async function serve(settings: Settings): Promise<void> {
  if (settings.workers > 1 && cluster.isPrimary) return serveInWorkers(settings);
  // The other commands start faster for not loading the server.
  const { serveHere } = await import('./serve-here.ts');
  const url = await serveHere(settings);
  if (cluster.isPrimary) announce(url, settings);
}

async function serveInWorkers(settings: Settings): Promise<void> {
  // All workers must be able to open the sessions that one has begun.
  process.env['AUTH_SECRET'] ||= settings.authSecret;
  // What would stop every worker is found out, and said, once.
  if (settings.tls !== undefined) certificateOf(settings.tls);
  await (await openForServing(settings, { compacts: false })).close();
  const { addUpMetrics } = await import('../watch/worker-metrics.ts');
  addUpMetrics();
  const { passDemoOn } = await import('./share-demo.ts');
  passDemoOn();
  const { serveWithWorkers } = await import('./serve-workers.ts');
  const url = await serveWithWorkers(settings.workers, settings.tls === undefined ? 'http' : 'https');
  if (url === undefined) throw new CommandError('no worker could start; the lines above say why');
  announce(url, settings);
}

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('serve the James and /v1 surfaces over HTTP')
    .addHelpText(
      'after',
      '\nExamples:\n  PORT=8080 npx james serve\n  WORKERS=4 DATABASE_URL=postgresql://james@db/james npx james serve',
    )
    .action(() => running(() => serve(settingsFor('serve'))));
}
