// Where an answer differs from what the model expects, in words. Members that the model does not name are passed over
// (more may be added); lists must be equally long.

import type { Heard, Verdict } from './slow-decisions.ts';

/** The first difference, or undefined. */
export function difference(expected: unknown, actual: unknown, at = ''): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${at} is no list`;
    if (actual.length !== expected.length) {
      return `${at} has ${actual.length} items instead of ${expected.length}`;
    }
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null)
      return `${at} is ${shown(actual)} instead of an object`;
    for (const [name, value] of Object.entries(expected)) {
      const found = difference(value, (actual as Record<string, unknown>)[name], `${at}/${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return expected === actual ? undefined : `${at || 'it'} is ${shown(actual)} instead of ${shown(expected)}`;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'absent';
}

/** The first difference between an answer and the verdict on its request, or undefined. */
export function disagreement(verdict: Verdict, heard: Heard): string | undefined {
  if ('again' in verdict) {
    const { status, text, location } = verdict.again;
    if (!heard.replayed) return 'Idempotent-Replayed is missing: the first answer was expected again';
    if (heard.status !== status) return `the status is ${heard.status} instead of ${status} as at first`;
    if (heard.location !== location) return 'Location is not that of the first answer';
    return heard.text === text ? undefined : `the body is not the first answer's: ${text}`;
  }
  if (heard.replayed) return 'Idempotent-Replayed: true came with an answer that is none of before';
  if (heard.status !== verdict.status) {
    const type = 'problem' in verdict ? ` (${verdict.problem})` : '';
    return `the status is ${heard.status} instead of ${verdict.status}${type}`;
  }
  if ('problem' in verdict) return difference({ type: `/problems/${verdict.problem}` }, heard.json);
  if ('text' in verdict) {
    return heard.text === verdict.text ? undefined : `the body is not ${verdict.text}`;
  }
  return difference(verdict.body, heard.json);
}
