// The problems that a route can answer, as the responses of its schema.

import { PROBLEMS, type ProblemType } from '../problem.ts';
import { problemSchemaId } from '../problem-schema.ts';

const ALWAYS = [
  PROBLEMS.unauthorized,
  PROBLEMS.forbidden,
  PROBLEMS.tooManyRequests,
  PROBLEMS.internal,
  PROBLEMS.unavailable,
  PROBLEMS.overloaded,
];

/** What any request with a body can run into. */
export const BODY_PROBLEMS = [PROBLEMS.invalidRequest, PROBLEMS.bodyTooLarge, PROBLEMS.unsupportedMediaType];

type Reference = { readonly $ref: string };

interface ProblemResponse {
  readonly description: string;
  readonly content: {
    'application/problem+json': { schema: Reference | { readonly anyOf: readonly Reference[] } };
  };
}

function responseOf(problems: readonly ProblemType[]): ProblemResponse {
  const [first, ...others] = problems.map((problem) => ({ $ref: `${problemSchemaId(problem)}#` }));
  const schema = others.length === 0 ? (first as Reference) : { anyOf: [first as Reference, ...others] };
  return {
    description: problems.map(({ title, name }) => `${title} (\`/problems/${name}\`).`).join(' '),
    content: { 'application/problem+json': { schema } },
  };
}

/** Response schemas by status for the problems of a route; those that any route can have are added. */
export function problemResponses(...problems: readonly ProblemType[]): Record<number, ProblemResponse> {
  const byStatus = Map.groupBy([...problems, ...ALWAYS], ({ status }) => status);
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, responseOf(some)]));
}
