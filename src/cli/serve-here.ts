// A server in this process: put together from the settings, started, and stopped without dropping what it has accepted.

import cluster from 'node:cluster';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { FailedAttempts } from '../access/attempts.ts';
import { DEVELOPMENT_KEYS, type Settings } from '../config.ts';
import { Authorization } from '../http/authorization.ts';
import { type CertificateFiles, renewCertificate } from '../http/certificate.ts';
import { InFlight } from '../http/in-flight.ts';
import { logOptions } from '../http/log.ts';
import { RunningExports } from '../http/running-exports.ts';
import { buildServer } from '../http/server.ts';
import type { Watch } from '../http/watch-requests.ts';
import { observedBy } from '../ledger/batch-observer.ts';
import { Metrics } from '../watch/metrics.ts';
import { metricsOfAll } from '../watch/worker-metrics.ts';
import { openService } from '../wiring/open-service.ts';
import { certificateOf } from './command-certificate.ts';
import { shareDemo } from './share-demo.ts';

const SECOND_SIGNAL_MS = 500;

/** What `npm run console` builds. */
const CONSOLE = join(import.meta.dirname, '../../console/dist');

/** SIGHUP: a renewed certificate serves from now on; one that is wrong leaves the old one in place. */
function renewOnHangUp(app: FastifyInstance, files: CertificateFiles | undefined): void {
  process.on('SIGHUP', () => {
    if (files === undefined) return;
    try {
      renewCertificate(app.server, files);
      app.log.info('the certificate is read again');
    } catch (error) {
      app.log.error({ err: error }, 'the certificate could not be read again');
    }
  });
}

/** SIGTERM and SIGINT: what was accepted is answered, then the process ends. A second one ends it at once. */
function stopOnSignals(app: FastifyInstance, close: () => Promise<void>): void {
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
}

/** Copying the book takes most of a core: by then other workers have started, and whoever waited for the start has an answer. */
const COPY_AFTER_MS = 500;

/** Traces are made where somebody collects them, as OpenTelemetry's own settings say. */
async function tracing() {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = process.env;
  if (!(all || traces) || process.env['OTEL_SDK_DISABLED'] === 'true') return undefined;
  const { startTracing } = await import('../watch/tracing.ts');
  return startTracing();
}

/** Serves; resolves with the address. */
export async function serveHere(settings: Settings): Promise<string> {
  const isProduction = settings.mode === 'production';
  const tls = settings.tls === undefined ? undefined : certificateOf(settings.tls);
  const traced = await tracing();
  const metrics = new Metrics();
  const log: { warn: (message: string) => void } = { warn: console.error };
  const { ledger, access, demo, exports, imports, copyBook, isBookCopied, pauseImports, close } =
    await openService({
      settings,
      observer: traced === undefined ? metrics : observedBy([metrics, traced.observer]),
      importObserver: metrics.imports,
      warn: (message) => log.warn(message),
    });
  const inFlight = new InFlight(settings.inFlightMax);
  const running = new RunningExports({
    chunks: exports.chunks,
    limits: settings.exportLimits,
    onEnd: ({ question: { table, format }, outcome, rows }) => metrics.exported(table, format, outcome, rows),
  });
  metrics.read({
    commandsWaiting: () => ledger.commandsWaiting,
    requestsInFlight: () => inFlight.now,
    requestsShed: () => inFlight.shed,
    exportsRunning: () => running.now,
    isBookCopied,
    bookRows: () => ledger.bookRows(),
    openImports: () => imports.open(),
  });
  const watch: Watch = {
    answered: (...answer) => metrics.answered(...answer),
    text: cluster.isWorker ? metricsOfAll(metrics) : () => metrics.text(),
    contentType: metrics.contentType,
    isOpen: !isProduction,
  };
  const { ring, rates, keys, sessions } = access;
  const authorization = new Authorization(ring, rates, isProduction ? new FailedAttempts() : undefined);
  const app = await buildServer(
    { ledger, authorization, keys, sessions, demo, exports: running, imports },
    {
      logger: logOptions(settings.logLevel),
      ...(tls === undefined ? {} : { tls }),
      ...(traced === undefined ? {} : { traceRequests: traced.traceRequests }),
      trustProxy: settings.trustProxy,
      corsOrigins: settings.corsOrigins,
      inFlight,
      watch,
      console: {
        directory: CONSOLE,
        developmentKey: isProduction ? undefined : DEVELOPMENT_KEYS[0]?.key,
      },
    },
  );
  log.warn = (message) => app.log.warn(message);
  if (cluster.isWorker) shareDemo(demo);
  app.addHook('preClose', pauseImports);
  stopOnSignals(app, async () => {
    await close();
    await traced?.stop();
  });
  renewOnHangUp(app, settings.tls);
  const url = await app.listen({ host: settings.host, port: settings.port });
  setTimeout(copyBook, COPY_AFTER_MS).unref();
  return tls === undefined ? url : url.replace(/^http:/, 'https:');
}
