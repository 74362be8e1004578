// A store whose long questions run on a thread of their own: nobody else's request should wait for them. On SQLite, whose
// calls are synchronous, these are sums over the book; PostgreSQL sums by itself, and only the shaping of a series, or of
// all of it, is long. Short questions stay where they are.

import type { DatabaseAddress } from '../store/database-address.ts';
import type { MarkedPoints, Store } from '../store/store.ts';
import { StoreThread } from './store-thread.ts';

/** On a thread for this alone: what is asked meanwhile must not wait for the whole book. */
async function wholeBook(database: DatabaseAddress, pointsMax: number): Promise<MarkedPoints | undefined> {
  const thread = new StoreThread(database);
  try {
    return await thread.ask('store', 'wholeBook', pointsMax);
  } finally {
    await thread.close();
  }
}

export function threadedStore(store: Store, database: DatabaseAddress, thread: StoreThread): Store {
  const isSynchronous = database.engine === 'sqlite';
  return {
    bank: store.bank,
    lanes: store.lanes,
    writers: store.writers,
    write: (needs, decide) => store.write(needs, decide),
    loanById: (id) => store.loanById(id),
    loanAsOf: (id, asOf, knownAt) => store.loanAsOf(id, asOf, knownAt),
    paymentById: (id) => store.paymentById(id),
    bookDay: () => store.bookDay(),
    loanRecords: (id) => store.loanRecords(id),
    loans: (filter, after, limit) => store.loans(filter, after, limit),
    bookAsOf: (asOf, knownAt) =>
      isSynchronous ? thread.ask('store', 'bookAsOf', asOf, knownAt) : store.bookAsOf(asOf, knownAt),
    bookByDueDate: (asOf, knownAt, edges) =>
      isSynchronous
        ? thread.ask('store', 'bookByDueDate', asOf, knownAt, edges)
        : store.bookByDueDate(asOf, knownAt, edges),
    bookSeries: (...parameters) => thread.ask('store', 'bookSeries', ...parameters),
    bookByDueDateSeries: (...parameters) => thread.ask('store', 'bookByDueDateSeries', ...parameters),
    bookMovements: (...parameters) =>
      isSynchronous
        ? thread.ask('store', 'bookMovements', ...parameters)
        : store.bookMovements(...parameters),
    openBookLine: () => store.openBookLine(),
    wholeBook: (pointsMax) => wholeBook(database, pointsMax),
    othersWrote: () => store.othersWrote(),
    ready: () => store.ready(),
    bookRows: () => (isSynchronous ? thread.ask('store', 'bookRows') : store.bookRows()),
    close: () => store.close(),
  };
}
