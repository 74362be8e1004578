// What one connection of `pg` does by itself, one statement after another: durable inserts of one loan each into one
// table of the columns of an import, or SELECT 1, the bare round trip. Run as: node bench/bare-statements.ts
// insert|select URL SECONDS

import { SeededRandom } from '../src/demo/seeded-random.ts';
import { formatDate } from '../src/domain/calendar-date.ts';
import { connectOnce } from '../src/store/postgres/postgres-connection.ts';
import { randomTerms } from './generated-loans.ts';
import { referenceOf } from './references.ts';

const WARM_UP_STATEMENTS = 200;

const [kind = '', url = '', seconds = ''] = process.argv.slice(2);
const client = await connectOnce(url);
const random = new SeededRandom(31);
let next = 0;

async function insert(): Promise<void> {
  const { amountCents, term, rate, date } = randomTerms(random);
  await client.query({
    name: 'insert',
    text: 'INSERT INTO bare (reference, amount, term, rate, date) VALUES ($1, $2, $3, $4, $5)',
    values: [referenceOf('BARE', ++next), amountCents, term, rate, formatDate(date)],
  });
}

async function select(): Promise<void> {
  await client.query({ name: 'select', text: 'SELECT 1', values: [] });
}

await client.query(
  'CREATE TABLE IF NOT EXISTS bare (reference text, amount bigint, term integer, rate bigint, date date)',
);
const statement = kind === 'insert' ? insert : select;
for (let warmUp = 0; warmUp < WARM_UP_STATEMENTS; warmUp++) await statement();
let statements = 0;
const startedMs = performance.now();
const endMs = startedMs + Number(seconds) * 1000;
while (performance.now() < endMs) {
  await statement();
  statements++;
}
const took = (performance.now() - startedMs) / 1000;
await client.end();
console.log(JSON.stringify({ statements, seconds: took }));
