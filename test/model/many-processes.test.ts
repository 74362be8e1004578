// Several processes on one database, with equal requests, reversals and retries thrown at all of them at once: together
// they must be one bank, the slow model's. FC_SEED=… repeats what was thrown, not how it fell.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ENGINES, POSTGRES, type TestEngine } from '../support/engines.ts';
import { fc } from '../support/properties.ts';
import { type Service, startService } from '../support/service.ts';
import { requestActs, singleQuestions } from './steps.ts';
import { type Gust, Storm } from './storm.ts';

const ROUNDS = 12;

const gusts: fc.Arbitrary<Gust> = fc.record({ act: requestActs, times: fc.constantFrom(1, 2, 2, 5) });
const rounds = fc.array(gusts, { minLength: 40, maxLength: 60, size: 'max' });

async function storm(engine: TestEngine, processes: number, workers: number): Promise<Storm> {
  await using database = await engine.freshDatabase();
  const services: Service[] = [];
  try {
    // One after the other: the first makes the database.
    for (let started = 0; started < processes; started++) {
      services.push(
        await startService({
          databaseUrl: database.url,
          env: { WORKERS: String(workers), INSTALLMENT_ROUNDING: 'down' },
        }),
      );
    }
    const thrown = new Storm(services.map(({ url }) => url));
    for (const round of fc.sample(rounds, ROUNDS)) await thrown.round(round);
    await thrown.ask(fc.sample(singleQuestions, 120));
    for (const { output } of services) assert.equal(output().includes('"level":50'), false, output());
    return thrown;
  } finally {
    for (const service of services) await service.stop();
  }
}

describe('four processes at once are one bank', () => {
  const cases: readonly [engine: TestEngine, processes: number, workers: number][] = [
    ...ENGINES.map((engine): [TestEngine, number, number] => [engine, 4, 1]),
    [POSTGRES, 2, 2],
  ];
  for (const [engine, processes, workers] of cases) {
    const how = workers === 1 ? `${processes} servers` : `${processes} servers with ${workers} workers each`;
    test(`on ${engine.name}: ${how}`, async (t) => {
      const { loans, records } = await storm(engine, processes, workers);
      t.diagnostic(`${loans} loans with ${records} records`);
      assert.ok(loans > 10 && records > 100, 'too little was recorded to mean anything');
    });
  }
});
