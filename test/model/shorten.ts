// Makes a failing history short: first steps and questions are left out, in ever smaller pieces, as long as it still
// fails; what is left is handed to fast-check, which makes the values simple.

import type { History, Step } from './steps.ts';

/** Acts and questions apart, so that each can be left out by itself. */
function apart(steps: readonly Step[]): Step[] {
  return steps.flatMap(({ act, questions }): Step[] => [
    ...(act.act === 'nothing' ? [] : [{ act, questions: [] }]),
    ...questions.map((question): Step => ({ act: { act: 'nothing' }, questions: [question] })),
  ]);
}

/** The history without whatever is not needed for it to fail. `fails` is asked again and again. */
export async function leaveOut(
  history: History,
  fails: (history: History) => Promise<boolean>,
): Promise<History> {
  let steps = apart(history.steps);
  let size = Math.ceil(steps.length / 2);
  while (size >= 1) {
    let shortened = false;
    // From the end: what comes after the failure goes at once.
    for (let start = steps.length - size; start > -size; start -= size) {
      const fewer = steps.toSpliced(Math.max(0, start), size + Math.min(0, start));
      if (!(await fails({ ...history, steps: fewer }))) continue;
      steps = fewer;
      shortened = true;
    }
    if (size > 1) size = Math.ceil(size / 2);
    else if (!shortened) break;
  }
  return { ...history, steps };
}
