// After the restart some requests are sent once more under their idempotency key: most of those whose answer was lost,
// and a few of the others. Every one of them must be answered now.

import { fc } from '../support/properties.ts';
import { isLost } from './load.ts';
import { type Sent, send } from './sending.ts';

const LOST_PERCENT = 70;
const ANSWERED_PERCENT = 10;
const AT_ONCE = 8;

/** Which of these are tried again, and how many times at once; 0: not at all. */
function timesEach(sent: readonly Sent[], seed: number): readonly number[] {
  const draw = fc.record({ percent: fc.nat({ max: 99 }), times: fc.constantFrom(1, 1, 2) });
  const drawn = fc.sample(draw, { seed, numRuns: sent.length });
  return sent.map(({ heard }, index) => {
    const { percent, times } = drawn[index] as { percent: number; times: number };
    return percent < (heard === undefined ? LOST_PERCENT : ANSWERED_PERCENT) ? times : 0;
  });
}

/** Sends them, and returns what was sent. */
export async function retry(url: string, sent: readonly Sent[], seed: number): Promise<readonly Sent[]> {
  const keyed = sent.filter(({ request }) => request.key !== undefined);
  const times = timesEach(keyed, seed);
  const again = keyed.flatMap((one, index) => Array.from({ length: times[index] ?? 0 }, () => one));
  const retried: Sent[] = [];
  while (again.length > 0) {
    const some = again.splice(0, AT_ONCE);
    retried.push(...(await Promise.all(some.map(({ request, loanId }) => send(url, request, loanId)))));
  }
  const failed = retried.find(isLost);
  if (failed === undefined) return retried;
  const { request, requestId, heard } = failed;
  throw new Error(
    `the retry of POST ${request.path} under ${request.key} (request ${requestId}) was not answered: ${heard?.text}`,
  );
}
