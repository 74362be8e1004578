import { PostgresServer, embeddedPostgres } from './test/support/postgres-server.ts';
import { createOrMigrate, openStore } from './src/wiring/engines.ts';
import { batchExecutor } from './src/ledger/execute-batch.ts';
import { datesIn, systemClock } from './src/ledger/clock.ts';
import { newId } from './src/ledger/ids.ts';
import { USD } from './src/domain/money.ts';
import { decideTerms } from './src/domain/loan.ts';
import { dateOf } from './src/domain/calendar-date.ts';
const server = await PostgresServer.start(embeddedPostgres(), {});
const address = { engine: 'postgres', url: server.url('postgres') } as const;
await createOrMigrate(address, { currency: USD, timeZone: 'UTC' }, Date.now());
const stores = [await openStore(address), await openStore(address)];
const execs = stores.map((store) => batchExecutor({ store, clock: systemClock, dateAt: datesIn('UTC'), newId }));
const origin = { requestId: 'x', recordedBy: 'x' };
const d = decideTerms({ amountCents: 10_000_000n, term: 1200, rate: 0n, date: dateOf(2015, 1, 1) }, 'down');
if (!d.ok) throw 1;
const ids: string[] = [];
for (let i = 0; i < Number(process.argv[2] ?? 30); i++) {
  const [a] = await execs[0]!([{ kind: 'issue-loan', terms: d.terms, reference: 'R' + i, ifRecorded: 'refuse', origin }]);
  ids.push((a!.outcome as any).loan.id);
}
{ const { connectOnce } = await import('./src/store/postgres/postgres-connection.ts'); const c = await connectOnce(address.url); await c.query('VACUUM (ANALYZE)'); console.log((await c.query("EXPLAIN SELECT id FROM loan WHERE lane = 1 AND id IN (SELECT unnest('{019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a}'::uuid[]) UNION ALL SELECT id FROM loan WHERE lane = 1 AND reference = ANY('{}'::text[]) UNION ALL SELECT loan_id FROM payment WHERE lane = 1 AND id = ANY('{}'::uuid[])) ORDER BY id FOR NO KEY UPDATE")).rows.map(r=>r['QUERY PLAN']).join('\n')); await c.end(); }
const kinds = new Map<string, number>();
const month = ids.map(() => 1);
const end = Date.now() + 40_000;
async function client(e: number) {
  while (Date.now() < end) {
    const i = Math.floor(Math.random() * ids.length);
    const m = month[i]!++;
    const [a] = await execs[e]!([{ kind: 'record-payment', loan: { by: 'id', id: ids[i]! }, payment: 'made', date: dateOf(2015 + Math.floor(m / 12), (m % 12) + 1, 5), ifRecorded: 'refuse', origin }]);
    const k = a!.outcome.kind === 'payment-refused' ? 'refused ' + (a!.outcome as any).refusal.reason : a!.outcome.kind;
    kinds.set(k, (kinds.get(k) ?? 0) + 1);
  }
}
await Promise.all(Array.from({ length: 16 }, (_, n) => client(n % 2)));
console.log(kinds);
for (const s of stores) await s.close();
await server[Symbol.asyncDispose]();
