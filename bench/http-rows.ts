// The rows of everything that is asked over HTTP, of James in so many processes on one engine.

import { join } from 'node:path';
import type { BenchDatabase, BenchEngine, EngineName } from './bench-engine.ts';
import { FreshLoans, sampleOfBook } from './book-loans.ts';
import { BookedPayments } from './booked-payments.ts';
import { httpMeasurements } from './http-measurements.ts';
import {
  figuresOf,
  type HttpRounds,
  kindOf,
  loadEcho,
  loadJames,
  measure,
  type ServedBook,
  warmUp,
} from './http-rounds.ts';
import { ImportBeside } from './import-beside.ts';
import { median } from './median.ts';
import { type Options, type RequestName, requestNames } from './options.ts';
import { barePerSecond, startEcho, startJames } from './programs.ts';
import { type Row, rowOf } from './row.ts';

/** A row is done. */
type OnRow = (row: Row) => Promise<void> | void;

export interface Books {
  readonly large: BenchDatabase;
  /** Undefined: growth is not measured. */
  readonly small: BenchDatabase | undefined;
}

interface Run {
  readonly engine: BenchEngine;
  readonly workers: number;
  readonly folder: string;
  readonly options: Options;
  readonly onRow: OnRow;
}

async function serve(database: BenchDatabase, loans: number, { workers, folder }: Run) {
  const server = await startJames(database.url, workers);
  const sample = await sampleOfBook(database, loans);
  const measurements = httpMeasurements(sample, new FreshLoans(database, folder));
  const book: ServedBook = { url: server.url, measurements, payments: new BookedPayments(sample) };
  return { book, stop: server.stop };
}

function ratiosOf(over: readonly { perSecond: number }[], under: readonly { perSecond: number }[]): number[] {
  return over.map(({ perSecond }, round) => perSecond / (under[round]?.perSecond as number));
}

function bookedOf(loads: HttpRounds['large']): { bookedPerSecond?: number } {
  const booked = loads.flatMap(({ bookedPerSecond }) => bookedPerSecond ?? []);
  return booked.length === 0 ? {} : { bookedPerSecond: median(booked) };
}

function rowsOf(
  engine: EngineName,
  workers: number,
  kind: { name: RequestName; title: string },
  connections: number,
  { large, small, echo }: HttpRounds,
): Row[] {
  const place = { engine, workers, connections, unit: '' } as const;
  const james = figuresOf(large);
  const rows = [
    rowOf({
      ...place,
      name: kind.name,
      title: kind.title,
      james,
      yardstick: { name: 'echo', ...figuresOf(echo) },
      rounds: ratiosOf(large, echo),
      ...bookedOf(large),
    }),
  ];
  if (small.length > 0) {
    rows.push(
      rowOf({
        ...place,
        name: 'growth',
        title: `growth: ${kind.title}`,
        james,
        yardstick: { name: 'small book', ...figuresOf(small) },
        rounds: ratiosOf(large, small),
        ...bookedOf(large),
      }),
    );
  }
  return rows;
}

/** p99 while an import runs ÷ the echo's p50 without one. */
async function besideImport(run: Run, book: ServedBook, name: RequestName, echoP50Ms: number): Promise<Row> {
  const { engine, workers, options } = run;
  const connections = Math.max(...options.connections);
  const kind = kindOf(book, name);
  const loads = [];
  for (let round = 0; round < options.rounds; round++) {
    loads.push(await loadJames(book, kind, connections, options.seconds));
  }
  return rowOf({
    name: 'beside-import',
    title: `p99 beside an import: ${kind.title}`,
    engine: engine.name,
    workers,
    connections,
    james: figuresOf(loads),
    yardstick: { name: 'echo', p50Ms: echoP50Ms },
    unit: '',
    rounds: loads.map(({ p99Ms }) => p99Ms / echoP50Ms),
    ...bookedOf(loads),
  });
}

/** POST /loans over one connection, against the least that one durable insert a request costs. */
async function oneConnection(run: Run, book: ServedBook): Promise<Row> {
  const { engine, workers, folder, options } = run;
  const kind = kindOf(book, 'loans');
  const { seconds, rounds } = options;
  const james = () => loadJames(book, kind, 1, seconds);
  const place = {
    name: 'one-connection',
    title: 'POST /loans over one connection',
    engine: engine.name,
    workers,
    connections: 1,
    unit: '',
  } as const;
  await loadJames(book, kind, 1, options.warmUpSeconds);
  const measured: { james: Awaited<ReturnType<typeof james>>; bare: { perSecond: number } }[] = [];
  if (engine.name === 'sqlite') {
    const bare = await startEcho(1, join(folder, `bare-${workers}.sqlite`));
    await loadEcho(bare.url, kind, 1, options.warmUpSeconds);
    for (let round = 0; round < rounds; round++) {
      measured.push({ james: await james(), bare: await loadEcho(bare.url, kind, 1, seconds) });
    }
    await bare.stop();
  } else {
    await using database = await engine.freshDatabase();
    for (let round = 0; round < rounds; round++) {
      const loaded = await james();
      measured.push({
        james: loaded,
        bare: { perSecond: await barePerSecond('insert', database.url, seconds) },
      });
    }
  }
  return rowOf({
    ...place,
    james: figuresOf(measured.map((round) => round.james)),
    yardstick: {
      name: engine.name === 'sqlite' ? 'server with one bare insert' : 'one bare insert over pg',
      perSecond: median(measured.map(({ bare }) => bare.perSecond)),
    },
    rounds: measured.map((round) => round.james.perSecond / round.bare.perSecond),
  });
}

/** Everything over HTTP; each row is told as soon as it is there. */
export async function overHttp(run: Run, books: Books): Promise<void> {
  const { engine, workers, options, onRow } = run;
  const { only, connections } = options;
  const [large, small, echo] = await Promise.all([
    serve(books.large, options.loans, run),
    books.small === undefined ? undefined : serve(books.small, options.smallLoans, run),
    startEcho(workers),
  ]);
  const names = requestNames(options);
  const served = [large.book, ...(small === undefined ? [] : [small.book])];
  const echoP50Ms = new Map<RequestName, number>();
  for (const name of names) {
    await warmUp(served, echo.url, name, workers, options);
    for (const count of connections) {
      await books.large.settle();
      await books.small?.settle();
      const rounds = await measure(large.book, small?.book, echo.url, name, count, options);
      if (count === Math.max(...connections)) echoP50Ms.set(name, figuresOf(rounds.echo).p50Ms);
      for (const row of rowsOf(engine.name, workers, kindOf(large.book, name), count, rounds))
        await onRow(row);
    }
  }
  await small?.stop();
  if (only.includes('one-connection')) await onRow(await oneConnection(run, large.book));
  if (only.includes('beside-import')) {
    const stopImport = await new ImportBeside(run.folder, options.quick).start(books.large);
    for (const name of names)
      await onRow(await besideImport(run, large.book, name, echoP50Ms.get(name) as number));
    await stopImport();
  }
  await large.stop();
  await echo.stop();
}
