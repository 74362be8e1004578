// What the clients send, drawn from a seed: every kind of request that writes, many of them at a few loans and payments
// where they meet one another, the others at any. The same seed draws the same; what it meets is a matter of luck.

import { type RequestAct, requestActs, type SingleQuestion, singleQuestions } from '../model/steps.ts';
import type { Gust } from '../model/storm.ts';
import { fc } from '../support/properties.ts';

/** As many references as the acts of test/model choose from. */
const REFERENCES = 10;
const CHUNK = 200;
/** As of how many days the whole book is asked for in any case. */
const BOOK_DAYS = 5;

const acts: fc.Arbitrary<RequestAct> = fc.oneof(
  { arbitrary: requestActs, weight: 12 },
  { arbitrary: requestActs.filter(({ act }) => act === 'issue'), weight: 1 },
);

/** How far off the first few loans and payments something is aimed. */
const offset = fc.constantFrom(0, 1, 1).chain((any) => fc.nat({ max: any * 10_000 }));

const drawn = fc.record({
  act: acts,
  times: fc.constantFrom(1, 1, 1, 2, 2, 5),
  by: offset,
  /** Besides those that have a key anyway: half of all then have one. */
  keyed: fc.constantFrom(true, false, false, false),
});

const further = (nth: number, by: number): number => (nth === -1 ? nth : nth + by);

function aimed(act: RequestAct, by: number, references: number): RequestAct {
  switch (act.act) {
    case 'issue':
      return act.reference === undefined ? act : { ...act, reference: act.reference + references };
    case 'pay':
    case 'reverse-loan':
      return { ...act, loan: further(act.loan, by) };
    case 'reverse-payment':
    case 'replace':
      return { ...act, payment: further(act.payment, by) };
  }
}

/** Without end. References collide with those of the same round, and of none before it. */
export function* gusts(seed: number, round: number): Generator<Gust, never> {
  for (let chunk = 0; ; chunk++) {
    for (const { act, times, by, keyed } of fc.sample(drawn, { seed: seed + chunk, numRuns: CHUNK })) {
      yield { act: { ...aimed(act, by, round * REFERENCES), keyed: act.keyed || keyed }, times };
    }
  }
}

const days = fc.record({ nth: fc.nat(), days: fc.constantFrom(0, 0, 1, -1, 30) });

/** The outstanding debt and the arrears as of some of the days on which something happens. */
function bookQuestions(seed: number, count: number): readonly SingleQuestion[] {
  return fc.sample(days, { seed, numRuns: count }).flatMap((asOf): SingleQuestion[] => [
    { ask: 'outstanding', asOf, knownAt: undefined },
    { ask: 'arrears', asOf, knownAt: undefined, bounds: undefined },
  ]);
}

/** About the whole book as of several days, then about anything, any loan too. */
export function questions(seed: number, count: number): readonly SingleQuestion[] {
  const asked = fc.sample(fc.tuple(singleQuestions, offset), { seed, numRuns: count });
  const others = asked.map(([question, by]) =>
    'loan' in question ? { ...question, loan: question.loan + by } : question,
  );
  return [...bookQuestions(seed, BOOK_DAYS), ...others];
}
