// How far an export is: a bar on a terminal, nothing elsewhere. On standard error, so that standard output holds nothing
// but the file.

import { Presets, SingleBar } from 'cli-progress';

export interface ExportProgress {
  /** How many rows there are to look at. */
  begin(total: number): void;
  update(rows: number, lookedAt: number): void;
  stop(): void;
}

const NOTHING: ExportProgress = { begin: () => undefined, update: () => undefined, stop: () => undefined };

/** `isShown`: false where the file itself goes to the terminal. */
export function exportProgress(name: string, isShown: boolean): ExportProgress {
  if (!process.stderr.isTTY || !isShown) return NOTHING;
  const started = performance.now();
  let all = 0;
  const bar = new SingleBar(
    {
      format: `${name} {bar} {percentage}% | {rows} rows | {rate} rows/s | {left} left`,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  return {
    begin(total) {
      all = total;
      bar.start(total, 0, { rows: 0, rate: 0, left: '?' });
    },
    update(rows, lookedAt) {
      const seconds = Math.max((performance.now() - started) / 1000, 0.001);
      const part = all === 0 ? 1 : Math.min(1, lookedAt / all);
      const left = part === 0 ? '?' : `${Math.ceil((seconds / part) * (1 - part))}s`;
      bar.update(Math.min(lookedAt, all), { rows, rate: Math.round(rows / seconds), left });
    },
    stop: () => bar.stop(),
  };
}
