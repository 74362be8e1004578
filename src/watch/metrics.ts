// What can be measured of a running service, in Prometheus form. Names, units and labels are promised: dashboards and
// alerts are built on them (deploy/grafana).

import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BatchObserver } from '../ledger/batch-observer.ts';
import { type ImportFigures, importFigures } from './import-figures.ts';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** What is read only when somebody asks. */
export interface Readings {
  /** Commands that wait for their batch. */
  readonly commandsWaiting: () => number;
  readonly requestsInFlight: () => number;
  readonly requestsShed: () => number;
  readonly exportsRunning: () => number;
  /** Whether this process answers questions about the book from memory. */
  readonly isBookCopied: () => boolean;
  /** Rows of the book by table. */
  readonly bookRows: () => Promise<Readonly<Record<string, number>>>;
  /** Imports that have not ended, by state. */
  readonly openImports: () => Promise<Readonly<Record<string, number>>>;
}

export class Metrics implements BatchObserver {
  readonly #registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #latency: Histogram<'method' | 'route'>;
  readonly #batchCommands: Histogram;
  readonly #batchSeconds: Histogram;
  readonly #waitSeconds: Histogram;
  readonly #failures: Counter;
  readonly #exports: Counter<'table' | 'format' | 'outcome'>;
  readonly #exportRows: Counter<'table' | 'format'>;
  /** Counts rows of imports. */
  readonly imports: ImportFigures;
  /** Looked up once each: labels are dear. */
  readonly #ofRoute = new Map<string, (status: number, seconds: number | undefined) => void>();

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'james_http_requests_total',
      help: 'Requests answered, by method, route and status',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#latency = new Histogram({
      name: 'james_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer',
      labelNames: ['method', 'route'],
      buckets: SECONDS,
      registers,
    });
    this.#batchCommands = new Histogram({
      name: 'james_batch_commands',
      help: 'Commands in a batch, which one commit makes durable',
      buckets: SIZES,
      registers,
    });
    this.#batchSeconds = new Histogram({
      name: 'james_batch_duration_seconds',
      help: 'A batch from its beginning to its commit, flush to the disk included',
      buckets: SECONDS,
      registers,
    });
    this.#waitSeconds = new Histogram({
      name: 'james_command_wait_seconds',
      help: 'How long commands wait until their batch begins',
      buckets: SECONDS,
      registers,
    });
    this.#failures = new Counter({
      name: 'james_batch_failures_total',
      help: 'Batches of which nothing was recorded, since the database could not serve',
      registers,
    });
    this.#exports = new Counter({
      name: 'james_exports_total',
      help: 'Exports that have ended: complete, failed here, or abandoned by their reader',
      labelNames: ['table', 'format', 'outcome'],
      registers,
    });
    this.#exportRows = new Counter({
      name: 'james_export_rows_total',
      help: 'Rows read for exports',
      labelNames: ['table', 'format'],
      registers,
    });
    this.imports = importFigures(this.#registry);
  }

  /** Counts an export that has ended. */
  exported(table: string, format: string, outcome: string, rows: number): void {
    this.#exports.inc({ table, format, outcome });
    this.#exportRows.inc({ table, format }, rows);
  }

  /** From now on also tells what others know. */
  read({
    commandsWaiting,
    requestsInFlight,
    requestsShed,
    exportsRunning,
    isBookCopied,
    bookRows,
    openImports,
  }: Readings): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'james_commands_waiting',
      help: 'Commands that wait for their batch',
      registers,
      collect() {
        this.set(commandsWaiting());
      },
    });
    new Gauge({
      name: 'james_http_requests_in_flight',
      help: 'Requests being served, but for those that ask how the service is',
      registers,
      collect() {
        this.set(requestsInFlight());
      },
    });
    new Counter({
      name: 'james_http_requests_shed_total',
      help: 'Requests turned away because as many as IN_FLIGHT_MAX were being served',
      registers,
      collect() {
        this.reset();
        this.inc(requestsShed());
      },
    });
    new Gauge({
      name: 'james_exports_running',
      help: 'Exports being sent, each with a snapshot of the database',
      registers,
      collect() {
        this.set(exportsRunning());
      },
    });
    new Gauge({
      name: 'james_book_copies',
      help: 'Processes that answer questions about the book from a copy of it in memory',
      registers,
      collect() {
        this.set(isBookCopied() ? 1 : 0);
      },
    });
    new Gauge({
      name: 'james_book_rows',
      help: 'Rows of the book, by table',
      labelNames: ['table'],
      // Every process sees the same rows: they are no more for being seen by several.
      aggregator: 'max',
      registers,
      async collect() {
        for (const [table, rows] of Object.entries(await bookRows())) this.set({ table }, rows);
      },
    });
    new Gauge({
      name: 'james_imports',
      help: 'Imports that have not ended, by state',
      labelNames: ['state'],
      // As with the rows of the book.
      aggregator: 'max',
      registers,
      async collect() {
        for (const [state, imports] of Object.entries(await openImports())) this.set({ state }, imports);
      },
    });
  }

  /** Counts an answered request, and times it unless its time says nothing. */
  answered(method: string, route: string, status: number, seconds: number | undefined): void {
    const name = `${method} ${route}`;
    let observe = this.#ofRoute.get(name);
    if (observe === undefined) {
      const statuses = new Map<number, { inc(): void }>();
      const latency = this.#latency.labels({ method, route });
      observe = (answer, took) => {
        let counter = statuses.get(answer);
        if (counter === undefined) {
          counter = this.#requests.labels({ method, route, status: String(answer) });
          statuses.set(answer, counter);
        }
        counter.inc();
        if (took !== undefined) latency.observe(took);
      };
      this.#ofRoute.set(name, observe);
    }
    observe(status, seconds);
  }

  submitted(): number {
    return performance.now();
  }

  executing(marks: readonly unknown[]): (error?: unknown) => void {
    const startedMs = performance.now();
    this.#batchCommands.observe(marks.length);
    for (const mark of marks) this.#waitSeconds.observe((startedMs - (mark as number)) / 1000);
    return (error) => {
      if (error === undefined) this.#batchSeconds.observe((performance.now() - startedMs) / 1000);
      else this.#failures.inc();
    };
  }

  /** All metrics of this process as text. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** The same as values, for a process that adds up those of several. */
  values(): Promise<unknown> {
    return this.#registry.getMetricsAsJSON();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}

/** The metrics of several processes as those of one. */
export function addedUp(values: readonly unknown[]): Promise<string> {
  return AggregatorRegistry.aggregate(values as never).metrics();
}
