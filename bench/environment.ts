// What the figures were taken on, whatever the engine: the machine, and the versions of Node and of James.
// What an engine says of itself is in its own file (BenchDatabase.facts).

import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';

const ROOT = join(import.meta.dirname, '..');
const FLUSHES = 50;
const PAGE_BYTES = 4096;

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** One page appended and flushed to the disk that the databases are on, in milliseconds (median). */
  readonly flushMs: number;
  /** The load average of the minute before the run: what else was running. */
  readonly loadBefore: number;
}

export interface Versions {
  readonly node: string;
  /** James's commit, with `+` where the working tree has changes. */
  readonly commit: string;
}

function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function commit(): string {
  const head = git('rev-parse', '--verify', '--quiet', '--short=12', 'HEAD');
  if (head === undefined) return 'not committed';
  return git('status', '--porcelain') === '' ? head : `${head}+`;
}

function flushMs(folder: string): number {
  const file = join(folder, 'flush');
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(PAGE_BYTES, 1);
  const times: number[] = [];
  for (let flush = 0; flush < FLUSHES; flush++) {
    const startedMs = performance.now();
    writeSync(handle, page);
    fsyncSync(handle);
    times.push(performance.now() - startedMs);
  }
  closeSync(handle);
  rmSync(file);
  return median(times);
}

export function machine(folder: string): Machine {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    flushMs: flushMs(folder),
    loadBefore: os.loadavg()[0] ?? 0,
  };
}

export function versions(): Versions {
  return { node: process.version, commit: commit() };
}
