// Fills an empty book with a made-up bank. The one place where a clock other than the system's reaches a real database; no
// setting leads here, only the command and, where it is allowed, the address for it.

import { type BankPlan, RECORDING_SHARES } from '../demo/bank-plan.ts';
import { DemoClock } from '../demo/demo-clock.ts';
import { type DemoRequest, firstDayOf } from '../demo/demo-run.ts';
import { BookNotEmpty, type LifeParts, type LifeResult, liveThrough } from '../demo/live-through.ts';
import type { Rounding } from '../domain/rounding.ts';
import { datesIn, systemClock } from '../ledger/clock.ts';
import { batchExecutor } from '../ledger/execute-batch.ts';
import { newId } from '../ledger/ids.ts';
import type { Store } from '../store/store.ts';

export interface DemoParts extends Pick<LifeParts, 'origin' | 'onDay' | 'signal'> {
  readonly store: Store;
  readonly rounding: Rounding;
  readonly request: DemoRequest;
}

export function planOf(request: DemoRequest, { bank }: Store): BankPlan {
  const { loans, seed, until } = request;
  const { minorDigits } = bank.currency;
  return { seed, loans, from: firstDayOf(request), until, minorDigits, shares: RECORDING_SHARES };
}

/** Whether no loan was ever recorded. */
export async function isBookEmpty(store: Store): Promise<boolean> {
  const page = await store.loans({}, null, 1);
  return page?.loans.length === 0;
}

/** Rejects with BookNotEmpty where the book has a loan, even one that was taken back. */
export async function runDemo({ store, request, ...parts }: DemoParts): Promise<LifeResult> {
  if (!(await isBookEmpty(store))) throw new BookNotEmpty('the book has loans already');
  const { timeZone } = store.bank;
  const clock = new DemoClock(timeZone, systemClock);
  const execute = batchExecutor({ store, clock: clock.now, dateAt: datesIn(timeZone), newId });
  return liveThrough({ ...parts, plan: planOf(request, store), execute, clock });
}
