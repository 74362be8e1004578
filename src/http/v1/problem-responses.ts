// The problems that a route can answer, as the responses of its schema.

import type { TSchema } from 'typebox';
import { PROBLEMS, type ProblemType } from '../problem.ts';
import { Problem } from './schemas.ts';

const ALWAYS = [PROBLEMS.unauthorized, PROBLEMS.unavailable];

/** Response schemas by status for the problems of a route; those that any route can have are added. */
export function problemResponses(...problems: readonly ProblemType[]): Record<number, TSchema> {
  const responses: Record<number, TSchema & { description: string }> = {};
  for (const { status, title, name } of [...problems, ...ALWAYS]) {
    const text = `${title} (\`/problems/${name}\`).`;
    const known = responses[status];
    responses[status] = {
      ...Problem,
      description: known === undefined ? text : `${known.description} ${text}`,
    };
  }
  return responses;
}
