// What the figures were taken on: machine, versions, and the settings that durability depends on, as they are and
// not as they are meant to be.

import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { openConnection } from '../src/store/sqlite/sqlite-connection.ts';
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
  readonly sqlite: string;
  /** James's commit, with `+` where the working tree has changes. */
  readonly commit: string;
}

export interface DatabaseSettings {
  readonly journalMode: string;
  readonly synchronous: string;
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

const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

/** Versions and settings as a connection that James opens has them. */
export function databaseOf(file: string): { versions: Versions; settings: DatabaseSettings } {
  const connection = openConnection(file, { create: false });
  try {
    const sqlite = connection.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'unknown';
    const synchronous = connection.pragma('synchronous', { simple: true }) as number;
    return {
      versions: { node: process.version, sqlite, commit: commit() },
      settings: {
        journalMode: String(connection.pragma('journal_mode', { simple: true })),
        synchronous: SYNCHRONOUS[synchronous] ?? String(synchronous),
      },
    };
  } finally {
    connection.close();
  }
}

/** The database's file with what still stands beside it. */
export function databaseBytes(file: string): number {
  const sizes = ['', '-wal'].map((suffix) => statSync(file + suffix, { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
