// How much room a book takes on disk: all of the database, with its indexes and what is kept for questions, against two
// bare tables of the same records without any index. The bare tables' room is taken from a sample of the book: a row
// of theirs is as large as any other.

import type { LoanRecords } from '../src/store/store.ts';
import { openStore } from '../src/wiring/engines.ts';
import type { BenchDatabase, BenchEngine } from './bench-engine.ts';
import type { BookLoan } from './book-loans.ts';
import { databaseAddress } from './database-address.ts';
import { type Row, rowOf } from './row.ts';

const SAMPLE_MAX = 2_000;

async function recordsOf(database: BenchDatabase, sample: readonly BookLoan[]): Promise<LoanRecords[]> {
  const store = await openStore(databaseAddress(database.url), { compacts: false });
  const step = Math.max(1, Math.floor(sample.length / SAMPLE_MAX));
  const records: LoanRecords[] = [];
  for (let place = 0; place < sample.length; place += step) {
    const found = await store.loanRecords((sample[place] as BookLoan).id);
    if (found !== undefined) records.push(found);
  }
  await store.close();
  return records;
}

/** `loans` and `sample` are of the book as it was made, before anything was measured on it. */
export async function measureDisk(
  engine: BenchEngine,
  database: BenchDatabase,
  loans: number,
  sample: readonly BookLoan[],
): Promise<Row> {
  await database.settle();
  const records = await recordsOf(database, sample);
  const { bytes } = await database.facts();
  const { loanBytes, paymentBytes } = await engine.bareBytes(records);
  const paymentsOfLoan = records.reduce((sum, { payments }) => sum + payments.length, 0) / records.length;
  const jamesBytes = bytes / loans;
  const bareBytes = loanBytes + paymentsOfLoan * paymentBytes;
  return rowOf({
    name: 'disk',
    title: `bytes on disk, a loan with its ${paymentsOfLoan.toFixed(1)} payments`,
    engine: engine.name,
    workers: null,
    connections: null,
    james: { bytes: jamesBytes },
    yardstick: { name: 'bare tables', bytes: bareBytes },
    unit: '',
    rounds: [jamesBytes / bareBytes],
  });
}
