// A store whose long questions run on a thread of their own: sums over the finest rows and series take tens of
// milliseconds in a big book, and nobody else's request should wait for them. Short questions stay where they are.

import type { Store } from '../store/store.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import { answerOf, type StoreReply } from './store-reply.ts';

export interface Question {
  readonly method: 'bookAsOf' | 'bookByDueDate' | 'bookSeries' | 'bookByDueDateSeries' | 'bookMovements';
  readonly parameters: readonly unknown[];
}

export function threadedStore(store: Store, file: string): Store {
  const thread = new ThreadCalls(new URL('./question-thread.ts', import.meta.url), { file });
  const ask = <Answer>(method: Question['method'], ...parameters: readonly unknown[]): Promise<Answer> =>
    answerOf(thread.call<StoreReply<Answer>>({ method, parameters } satisfies Question));

  return {
    bank: store.bank,
    write: (needs, decide) => store.write(needs, decide),
    loanById: (id) => store.loanById(id),
    loanAsOf: (id, asOf, knownAt) => store.loanAsOf(id, asOf, knownAt),
    paymentById: (id) => store.paymentById(id),
    bookDay: () => store.bookDay(),
    loanRecords: (id) => store.loanRecords(id),
    loans: (filter, after, limit) => store.loans(filter, after, limit),
    bookAsOf: (asOf, knownAt) =>
      knownAt === undefined ? store.bookAsOf(asOf, knownAt) : ask('bookAsOf', asOf, knownAt),
    bookByDueDate: (asOf, knownAt, edges) =>
      knownAt === undefined
        ? store.bookByDueDate(asOf, knownAt, edges)
        : ask('bookByDueDate', asOf, knownAt, edges),
    bookSeries: (...parameters) => ask('bookSeries', ...parameters),
    bookByDueDateSeries: (...parameters) => ask('bookByDueDateSeries', ...parameters),
    bookMovements: (...parameters) => ask('bookMovements', ...parameters),
    ping: () => store.ping(),
    close: async () => {
      await thread.close();
      await store.close();
    },
  };
}
