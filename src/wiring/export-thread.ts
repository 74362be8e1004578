// The thread for exports: what it takes to read millions of rows and to write them down must hold up no request. Each
// export is pulled from outside, a chunk at a call, and stands still in between.

import { workerData } from 'node:worker_threads';
import { type ExportChunk, exportBytes } from '../export/export-bytes.ts';
import type { ExportQuestion } from '../export/export-question.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { answerCalls } from '../threads/answer-calls.ts';
import { snapshotsOf } from './engines.ts';
import { replyOf } from './store-reply.ts';

export type ExportCall =
  | { readonly call: 'open'; readonly question: ExportQuestion }
  | { readonly call: 'next'; readonly id: number }
  | { readonly call: 'close'; readonly id: number };

/** What the calls are answered with, each of them a StoreReply. */
export interface ExportAnswers {
  open: number;
  /** Undefined: the export is at its end. */
  next: ExportChunk | undefined;
  close: undefined;
}

const snapshots = snapshotsOf((workerData as { database: DatabaseAddress }).database);
const running = new Map<number, AsyncGenerator<ExportChunk>>();
let opened = 0;

/** The next chunk; an export that has ended, or failed, is forgotten. */
async function next(id: number): Promise<ExportChunk | undefined> {
  try {
    const step = await running.get(id)?.next();
    if (step !== undefined && !step.done) return step.value;
  } catch (error) {
    running.delete(id);
    throw error;
  }
  running.delete(id);
  return undefined;
}

async function answer(call: ExportCall): Promise<ExportAnswers[ExportCall['call']]> {
  if (call.call === 'open') {
    running.set(++opened, exportBytes(snapshots, call.question));
    return opened;
  }
  if (call.call === 'next') return next(call.id);
  const chunks = running.get(call.id);
  running.delete(call.id);
  await chunks?.return(undefined);
  return undefined;
}

answerCalls((call: ExportCall) => replyOf(answer(call)));
