// Makes a book of so many loans in an empty place, through the ledger, as imports write: in batches, with a clock that
// goes through ten years. Run as: node bench/make-book.ts URL LOANS. Says how far it is on stderr and what it made, as
// JSON, on stdout.

import { datePartsOf } from '../src/domain/calendar-date.ts';
import { USD } from '../src/domain/money.ts';
import { datesIn } from '../src/ledger/clock.ts';
import type { Answer, Command } from '../src/ledger/commands.ts';
import { batchExecutor } from '../src/ledger/execute-batch.ts';
import { newId } from '../src/ledger/ids.ts';
import { createOrMigrate, openStore } from '../src/wiring/engines.ts';
import { databaseAddress } from './database-address.ts';
import { FIRST_DAY, LAST_DAY, SimulatedBank } from './simulated-bank.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OPENING_MS = 8 * 60 * 60 * 1000;
const TIME_ZONE = 'UTC';

const [url = '', loans = ''] = process.argv.slice(2);
const address = databaseAddress(url);
await createOrMigrate(address, { currency: USD, timeZone: TIME_ZONE }, FIRST_DAY * DAY_MS);
const store = await openStore(address, { isLazy: true, warn: console.error });

let now = FIRST_DAY * DAY_MS;
const execute = batchExecutor({ store, clock: () => now++, dateAt: datesIn(TIME_ZONE), newId });
const record = (commands: Command[]): Promise<Answer[]> => execute(commands);

const bank = new SimulatedBank(Number(loans));
const startedMs = performance.now();
for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
  now = day * DAY_MS + OPENING_MS;
  await bank.live(day, record);
  const { year, month, day: dayOfMonth } = datePartsOf(day);
  const isNewYear = dayOfMonth === 1 && month === 1;
  if (isNewYear) console.error(`${year}: ${bank.counts.loans} loans, ${bank.counts.payments} payments`);
}
await store.close();
const seconds = (performance.now() - startedMs) / 1000;
console.log(JSON.stringify({ ...bank.counts, seconds }));
