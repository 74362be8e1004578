// Where an export goes: a file that has its name only once it is whole, or standard output.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from './command-context.ts';

export interface ExportFile {
  /** Resolves when more may come. */
  write(bytes: Uint8Array): Promise<void>;
  /** All of it is there: flushed, and under its name. */
  finish(): Promise<void>;
  /** Nothing is left of it. */
  drop(): Promise<void>;
}

/** Nobody reads on, as with `james export loans | head`: no failure, but the end. */
export class ReaderGone extends Error {}

async function flush(handle: FileHandle): Promise<void> {
  await handle.sync();
  await handle.close();
}

async function namedFile(name: string): Promise<ExportFile> {
  if (existsSync(name)) throw new CommandError(`${name} is there already; an export overwrites nothing`);
  const part = `${name}.part`;
  const handle = await open(part, 'w').catch((error: Error) => {
    throw new CommandError(`${name} cannot be written: ${error.message}`);
  });
  return {
    async write(bytes) {
      await handle.writeFile(bytes);
    },
    async finish() {
      await flush(handle);
      await rename(part, name);
      await flush(await open(dirname(name), 'r'));
    },
    async drop() {
      await handle.close();
      await rm(part, { force: true });
    },
  };
}

function standardOutput(): ExportFile {
  const { stdout } = process;
  let failure: Error | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'EPIPE' ? new ReaderGone() : error;
  });
  return {
    async write(bytes) {
      if (failure !== undefined) throw failure;
      if (stdout.write(bytes)) return;
      await once(stdout, 'drain').catch((error: unknown) => {
        throw failure ?? error;
      });
    },
    finish: () =>
      new Promise((resolve, reject) => {
        stdout.write('', (error) => (error ? reject(failure ?? error) : resolve()));
      }),
    drop: async () => undefined,
  };
}

/** Undefined: standard output. */
export async function exportFile(name: string | undefined): Promise<ExportFile> {
  return name === undefined ? standardOutput() : namedFile(name);
}
