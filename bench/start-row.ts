// How long a bank waits after a restart: from the start of the process to the first 200 of a question about the book.

import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchDatabase, BenchEngine } from './bench-engine.ts';
import type { Options } from './options.ts';
import { startJames } from './programs.ts';
import { V1_HEADERS } from './requests.ts';
import { type Row, rowOf } from './row.ts';

const ASK_EVERY_MS = 2;
const ANSWER_LIMIT_MS = 120_000;
const QUESTION = '/v1/book/outstanding?as_of=2020-06-30';

async function secondsToFirstAnswer(databaseUrl: string, workers: number): Promise<number> {
  const startedMs = performance.now();
  const james = await startJames(databaseUrl, workers);
  for (;;) {
    const response = await fetch(james.url + QUESTION, { headers: V1_HEADERS });
    await response.arrayBuffer();
    if (response.status === 200) break;
    if (performance.now() - startedMs > ANSWER_LIMIT_MS) throw new Error(`James answers ${response.status}`);
    await sleep(ASK_EVERY_MS);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  await james.stop();
  return seconds;
}

/** Starts James again and again on a database, which a warm-up has brought to the current schema. */
export async function measureStart(
  engine: BenchEngine,
  database: BenchDatabase,
  workers: number,
  { rounds, warmUpRounds }: Options,
): Promise<Row> {
  const seconds: number[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    const took = await secondsToFirstAnswer(database.url, workers);
    if (round >= 0) seconds.push(took);
  }
  return rowOf({
    name: 'start',
    title: 'process start to the first GET /v1/book/outstanding',
    engine: engine.name,
    workers,
    connections: null,
    unit: 's',
    rounds: seconds,
  });
}
