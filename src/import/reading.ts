// Files on the thread that reads them, as those who have their bytes see it.

import { ThreadCalls } from '../threads/thread-calls.ts';
import type { ReadBlock } from './import-reader.ts';
import type { FileReading, ReadingAnswer, ReadingCall } from './reading-thread.ts';
import { NotImportable } from './source-records.ts';

export type { FileReading } from './reading-thread.ts';

/** The file has more bytes than it may have. */
export class FileTooLarge extends NotImportable {}

export interface ReadPart {
  readonly blocks: readonly ReadBlock[];
  /** Of the file so far, unzipped. */
  readonly bytes: number;
  readonly columns: readonly string[] | undefined;
}

/** A file being read. Each call resolves when its bytes are read; those of one file are answered in their order. */
export interface ReadFile {
  /** Throws NotImportable where the file can't be one of its kind. */
  push(bytes: Uint8Array): Promise<ReadPart>;
  end(): Promise<ReadPart>;
  /** Must be called once, whatever became of the file. */
  close(): Promise<void>;
}

/** Rows come and go: a small heap is cleaned often, and cheaply. */
const HEAP = { maxYoungGenerationSizeMb: 12 };

/** The thread is there while a file is open. */
export class Reading {
  #thread: ThreadCalls | undefined;
  #open = 0;
  #files = 0;

  open(reading: FileReading): ReadFile {
    this.#open++;
    this.#thread ??= new ThreadCalls(new URL('./reading-thread.ts', import.meta.url), undefined, HEAP);
    const thread = this.#thread;
    const file = ++this.#files;
    const call = async (message: ReadingCall): Promise<ReadPart> => {
      const answer = await thread.call<ReadingAnswer>(message);
      if (answer.ok) return answer;
      throw answer.isTooLarge ? new FileTooLarge(answer.reason) : new NotImportable(answer.reason);
    };
    const opened = call({ file, open: reading });
    opened.catch(() => undefined);
    return {
      push: (bytes) => call({ file, bytes }),
      end: () => call({ file, end: true }),
      close: async () => {
        await call({ file, drop: true }).catch(() => undefined);
        if (--this.#open > 0) return;
        this.#thread = undefined;
        await thread.close();
      },
    };
  }
}
