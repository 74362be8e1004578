// Exports from the thread (export-thread.ts), as those who send them see it.

import type { ExportChunk } from '../export/export-bytes.ts';
import type { ExportQuestion } from '../export/export-question.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { ThreadCalls } from '../threads/thread-calls.ts';
import type { ExportAnswers, ExportCall } from './export-thread.ts';
import { answerOf, type StoreReply } from './store-reply.ts';

export interface ThreadedExports {
  /** Pulls an export; the thread starts with the first one. Rejects with StoreUnavailable as a store does. */
  chunks(question: ExportQuestion): AsyncGenerator<ExportChunk>;
  close(): Promise<void>;
}

export function threadedExports(database: DatabaseAddress): ThreadedExports {
  const thread = new ThreadCalls(new URL('./export-thread.ts', import.meta.url), { database });
  const ask = <Call extends ExportCall>(call: Call) =>
    answerOf(thread.call<StoreReply<ExportAnswers[Call['call']]>>(call));
  let isClosed = false;
  return {
    async *chunks(question) {
      const id = await ask({ call: 'open', question });
      let chunk: ExportChunk | undefined;
      let isOpen = true;
      try {
        for (;;) {
          isOpen = false;
          chunk = await ask({ call: 'next', id });
          if (chunk === undefined) return;
          isOpen = true;
          yield chunk;
        }
      } finally {
        // What has ended or failed is closed; a call after the end would start the thread anew.
        if (isOpen && !isClosed) await ask({ call: 'close', id });
      }
    },
    close: () => {
      isClosed = true;
      return thread.close();
    },
  };
}
