// james serve: the process. Starts the server on a port, and stops it without dropping what it has accepted.

import cluster from 'node:cluster';
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { FailedAttempts } from '../access/attempts.ts';
import { DEVELOPMENT_KEYS, type Settings } from '../config.ts';
import { Authorization } from '../http/authorization.ts';
import { type CertificateFiles, readCertificate, renewCertificate } from '../http/certificate.ts';
import { InFlight } from '../http/in-flight.ts';
import { logOptions } from '../http/log.ts';
import { addressText } from '../store/database-address.ts';
import { openForServing } from '../wiring/open-database.ts';
import { openService } from '../wiring/open-service.ts';
import { CommandError, running, settingsFor } from './command-context.ts';
import { serveWithWorkers } from './serve-workers.ts';

const SECOND_SIGNAL_MS = 500;

/** Says where the server is, once it is there. */
function announce(url: string, settings: Settings): void {
  console.log(`James is listening on ${url}`);
  if (settings.mode !== 'development') return;
  console.log(`  database  ${addressText(settings.database)}`);
  console.log(
    `  try it    curl -H 'Authorization: Bearer ${DEVELOPMENT_KEYS[0]?.key}' ${url}/v1/book/outstanding`,
  );
}

function certificateOf(files: CertificateFiles) {
  try {
    return readCertificate(files);
  } catch (error) {
    throw new CommandError(`TLS_CERT and TLS_KEY: ${error instanceof Error ? error.message : error}`);
  }
}

function reloadCertificate(app: FastifyInstance, { tls }: Settings): void {
  if (tls === undefined) return;
  try {
    renewCertificate(app.server, tls);
    app.log.info('the certificate is read again');
  } catch (error) {
    app.log.error({ err: error }, 'the certificate could not be read again');
  }
}

/** Serves in this process; tells the address. */
async function serveHere(settings: Settings): Promise<string> {
  // The other commands start faster for not loading the server.
  const { buildServer } = await import('../http/server.ts');
  const warnings: { warn: (message: string) => void } = { warn: console.error };
  const { ledger, access, close } = await openService(settings, (message) => warnings.warn(message));
  const attempts = settings.mode === 'production' ? new FailedAttempts() : undefined;
  const authorization = new Authorization(access.ring, access.rates, attempts);
  const { keys, sessions } = access;
  const app = await buildServer(
    { ledger, authorization, keys, sessions },
    {
      logger: logOptions(settings.logLevel),
      ...(settings.tls === undefined ? {} : { tls: certificateOf(settings.tls) }),
      trustProxy: settings.trustProxy,
      corsOrigins: settings.corsOrigins,
      inFlight: new InFlight(settings.inFlightMax),
    },
  );
  warnings.warn = (message) => app.log.warn(message);

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
    await close();
    process.exitCode = 0;
    // The channel to the process that started this worker would keep it alive.
    if (cluster.isWorker) process.disconnect?.();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => reloadCertificate(app, settings));
  return app.listen({ host: settings.host, port: settings.port });
}

async function serve(settings: Settings): Promise<void> {
  if (settings.workers === 1) return announce(await serveHere(settings), settings);
  if (cluster.isWorker) {
    await serveHere(settings);
    return;
  }
  // All workers must be able to open the sessions that one has begun.
  process.env['AUTH_SECRET'] ||= settings.authSecret;
  // What would stop every worker is found out, and said, once.
  await (await openForServing(settings, { compacts: false })).close();
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
