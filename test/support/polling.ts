// Waiting for what will come by itself, in place of a sleep that is too long or too short.

import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 60_000;
const EVERY_MS = 10;

/** Resolves when a condition holds; rejects when it has not for a minute. */
export async function until(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`in vain waited for: ${what}`);
    await sleep(EVERY_MS);
  }
}

/** Resolves with what is looked for when it is there; rejects when it has not been for a minute. */
export async function found<Value>(look: () => Promise<Value | undefined>, what: string): Promise<Value> {
  let value: Value | undefined;
  await until(async () => {
    value = await look();
    return value !== undefined;
  }, what);
  return value as Value;
}
