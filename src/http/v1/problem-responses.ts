// The problems that a route can answer, as the responses of its schema.

import { PROBLEMS, type ProblemType } from '../problem.ts';
import { PROBLEM_SCHEMA_ID } from '../problem-schema.ts';

const ALWAYS = [
  PROBLEMS.unauthorized,
  PROBLEMS.forbidden,
  PROBLEMS.tooManyRequests,
  PROBLEMS.internal,
  PROBLEMS.unavailable,
];

/** What any request with a body can run into. */
export const BODY_PROBLEMS = [PROBLEMS.invalidRequest, PROBLEMS.bodyTooLarge, PROBLEMS.unsupportedMediaType];

interface ProblemResponse {
  readonly description: string;
  readonly content: { 'application/problem+json': { schema: { $ref: string } } };
}

/** Response schemas by status for the problems of a route; those that any route can have are added. */
export function problemResponses(...problems: readonly ProblemType[]): Record<number, ProblemResponse> {
  const responses: Record<number, ProblemResponse> = {};
  for (const { status, title, name } of [...problems, ...ALWAYS]) {
    const text = `${title} (\`/problems/${name}\`).`;
    const known = responses[status];
    responses[status] = {
      description: known === undefined ? text : `${known.description} ${text}`,
      content: { 'application/problem+json': { schema: { $ref: `${PROBLEM_SCHEMA_ID}#` } } },
    };
  }
  return responses;
}
