// How far a command is: a bar with rate and time left on a terminal, a line now and then elsewhere. Always on standard
// error, so that standard output holds nothing but the result.

import { Presets, SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 5_000;
const UNITS = 1000;

export interface Progress {
  /** `part`: how much is done, 0 to 1; undefined where nobody knows. `note`: what else is to be told. */
  update(done: number, part: number | undefined, note?: string): void;
  stop(): void;
}

interface Pace {
  readonly rate: number;
  readonly left: string | undefined;
}

function pace(since: number, done: number, part: number | undefined): Pace {
  const seconds = Math.max((performance.now() - since) / 1000, 0.001);
  const left = part ? `${Math.ceil((seconds / part) * (1 - part))} s` : undefined;
  return { rate: Math.round(done / seconds), left };
}

function bar(name: string, what: string): Progress {
  const started = performance.now();
  const shown = new SingleBar(
    {
      format: `${name} {bar} {percentage}% | {done} ${what} | {rate} ${what}/s | {left} left{note}`,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  shown.start(UNITS, 0, { done: 0, rate: 0, left: '?', note: '' });
  return {
    update(done, part, note = '') {
      const { rate, left = '?' } = pace(started, done, part);
      const units = Math.min(UNITS, Math.round((part ?? 0) * UNITS));
      shown.update(units, { done, rate, left, note: note && ` | ${note}` });
    },
    stop: () => shown.stop(),
  };
}

function lines(name: string, what: string): Progress {
  const started = performance.now();
  let last = started;
  return {
    update(done, part, note = '') {
      if (performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      const { rate, left } = pace(started, done, part);
      const more = [left && `${left} left`, note].filter((text) => text).map((text) => `, ${text}`);
      console.error(`${name}: ${done} ${what}, ${rate} ${what}/s${more.join('')}`);
    },
    stop: () => undefined,
  };
}

/** `what` is counted: "records". */
export function progressOf(name: string, what: string): Progress {
  return process.stderr.isTTY ? bar(name, what) : lines(name, what);
}
