// What was found wrong, with what was sent and what was answered, in words and in bytes that can be sent again.

import type { Act } from './connection.ts';
import type { WireAnswer } from './wire-answers.ts';
import { repeatable } from './wire-request.ts';

export interface Finding {
  readonly what: string;
  /** What was sent, each on a connection of its own. */
  readonly sent: readonly (readonly Act[])[];
  readonly answer?: WireAnswer | undefined;
}

/** Something was found. */
export class Found extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.what);
    this.finding = finding;
  }
}

const ANSWER_CHARACTERS_SHOWN = 2_000;

function shownAnswer({ status, headers, text }: WireAnswer): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\n`);
  return `→ ${status}\n${lines.join('')}\n${text.slice(0, ANSWER_CHARACTERS_SHOWN)}`;
}

function shownActs(acts: readonly Act[]): string {
  return acts.map((act) => ('write' in act ? repeatable(act.write) : `# ${JSON.stringify(act)}`)).join('\n');
}

export function shownFinding({ what, sent, answer }: Finding): string {
  const answered = answer === undefined ? [] : [shownAnswer(answer)];
  return [what, ...sent.map(shownActs), ...answered].join('\n');
}
