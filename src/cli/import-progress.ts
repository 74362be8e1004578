// How far an import is: a bar on a terminal, a line now and then elsewhere. Always on standard error, so that
// standard output holds nothing but the result.

import { Presets, SingleBar } from 'cli-progress';
import type { FileCounts } from '../import/import-file.ts';

const LINE_EVERY_MS = 5_000;
const UNITS = 1000;

export interface Progress {
  /** `part`: how much of the input is taken, 0 to 1; undefined where nobody knows. */
  update(counts: FileCounts, part: number | undefined): void;
  stop(): void;
}

function seconds(since: number): number {
  return Math.max((performance.now() - since) / 1000, 0.001);
}

function bar(name: string): Progress {
  const started = performance.now();
  const shown = new SingleBar(
    {
      format: `${name} {bar} {percentage}% | {rows} rows | {rate} rows/s | {left} left`,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  shown.start(UNITS, 0, { rows: 0, rate: 0, left: '?' });
  return {
    update({ read }, part) {
      const rate = Math.round(read / seconds(started));
      const left = part ? `${Math.ceil((seconds(started) / part) * (1 - part))}s` : '?';
      shown.update(Math.round((part ?? 0) * UNITS), { rows: read, rate, left });
    },
    stop: () => shown.stop(),
  };
}

function lines(name: string): Progress {
  const started = performance.now();
  let last = started;
  return {
    update({ read, rejected }, part) {
      if (performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      const rate = Math.round(read / seconds(started));
      const left = part ? `, ${Math.ceil((seconds(started) / part) * (1 - part))} s left` : '';
      console.error(`${name}: ${read} rows, ${rejected} rejected, ${rate} rows/s${left}`);
    },
    stop: () => undefined,
  };
}

export function importProgress(name: string): Progress {
  return process.stderr.isTTY ? bar(name) : lines(name);
}
