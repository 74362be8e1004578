// The thread that copies SQLite's write-ahead log into the file, so that no commit of the ledger's thread has to. Where it
// can't, that one does it after all, a little later.

import { workerData } from 'node:worker_threads';
import { SqliteCheckpoints } from '../store/sqlite/sqlite-checkpoints.ts';

/** How often it looks whether there is enough to copy. */
const LOOK_MS = 50;
/** After a fault: the file is away, or the disk is full. */
const PAUSE_MS = 1_000;

const { file } = workerData as { file: string };
const checkpoints = new SqliteCheckpoints(file);

function look(): void {
  let pause = LOOK_MS;
  try {
    checkpoints.run();
  } catch {
    // Whoever writes meets the same fault, and says so.
    pause = PAUSE_MS;
  }
  setTimeout(look, pause);
}

look();
