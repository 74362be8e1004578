// A store whose long questions run on a thread of their own: nobody else's request should wait for them. On SQLite, whose
// calls are synchronous, these are sums over the finest rows and series; PostgreSQL sums by itself, and only the shaping
// of a series is long. Short questions stay where they are.

import type { DatabaseAddress } from '../store/database-address.ts';
import type { Store } from '../store/store.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import { answerOf, type StoreReply } from './store-reply.ts';

export interface Question {
  readonly method: 'bookAsOf' | 'bookByDueDate' | 'bookSeries' | 'bookByDueDateSeries' | 'bookMovements';
  readonly parameters: readonly unknown[];
}

export function threadedStore(store: Store, database: DatabaseAddress): Store {
  const thread = new ThreadCalls(new URL('./question-thread.ts', import.meta.url), { database });
  const ask = <Answer>(method: Question['method'], ...parameters: readonly unknown[]): Promise<Answer> =>
    answerOf(thread.call<StoreReply<Answer>>({ method, parameters } satisfies Question));
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
      knownAt !== undefined && isSynchronous ? ask('bookAsOf', asOf, knownAt) : store.bookAsOf(asOf, knownAt),
    bookByDueDate: (asOf, knownAt, edges) =>
      knownAt !== undefined && isSynchronous
        ? ask('bookByDueDate', asOf, knownAt, edges)
        : store.bookByDueDate(asOf, knownAt, edges),
    bookSeries: (...parameters) => ask('bookSeries', ...parameters),
    bookByDueDateSeries: (...parameters) => ask('bookByDueDateSeries', ...parameters),
    bookMovements: (...parameters) =>
      isSynchronous ? ask('bookMovements', ...parameters) : store.bookMovements(...parameters),
    ping: () => store.ping(),
    close: async () => {
      await thread.close();
      await store.close();
    },
  };
}
