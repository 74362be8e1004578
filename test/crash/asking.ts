// Questions about the book and its loans, answered by the service as by the model.

import { disagreement } from '../model/comparison.ts';
import { call } from '../model/http-calls.ts';
import { drawQuestion } from '../model/questions.ts';
import { type SlowBank, today } from '../model/slow-bank.ts';
import type { SingleQuestion } from '../model/steps.ts';

/** What is wrong with the answer, if anything. */
async function wrongAnswer(
  bank: SlowBank,
  url: string,
  question: SingleQuestion,
): Promise<string | undefined> {
  const at = Date.now();
  const asked = drawQuestion(bank, at, question);
  if (asked === undefined) return undefined;
  const heard = await call(url, asked);
  const found = disagreement(asked.verdict, heard);
  if (found === undefined) return undefined;
  // Many answers name today: at midnight the question is another.
  if (today(bank, Date.now()) !== today(bank, at)) return wrongAnswer(bank, url, question);
  return `${found}: ${asked.method} ${asked.path} ${asked.body ?? ''} → ${heard.status} ${heard.text}`;
}

export async function ask(bank: SlowBank, url: string, questions: readonly SingleQuestion[]): Promise<void> {
  for (const question of questions) {
    const found = await wrongAnswer(bank, url, question);
    if (found !== undefined) throw new Error(found);
  }
}
