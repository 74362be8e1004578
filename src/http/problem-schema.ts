// RFC 9457 problem details, as the OpenAPI document has them: a schema for each type, so that a client generated from the
// document knows by `type` what happened.

import { Type } from 'typebox';
import { PROBLEMS, type ProblemType } from './problem.ts';

/** The id of the schema of a problem type: `LoanNotFoundProblem`. */
export function problemSchemaId({ name }: ProblemType): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Problem`;
}

function problemSchema(problem: ProblemType) {
  const { name, status, title } = problem;
  return Type.Object(
    {
      type: Type.Literal(`/problems/${name}`, {
        description: 'The stable type of the problem, at which it is documented.',
      }),
      title: Type.String({ examples: [title] }),
      status: Type.Literal(status),
      detail: Type.String({ description: 'What is wrong in this request.' }),
      errors: Type.Array(
        Type.Object({
          pointer: Type.String({
            description: 'An RFC 6901 pointer into the body, or the name of a parameter.',
            examples: ['/amount'],
          }),
          detail: Type.String({ description: 'Why.' }),
        }),
        { description: 'Each place that is wrong; empty where it is no place of the request.' },
      ),
      request_id: Type.String({ description: 'Under which the log has this request.' }),
    },
    { $id: problemSchemaId(problem), description: `RFC 9457 problem details: ${title}.` },
  );
}

/** The schemas of all problem types. */
export const PROBLEM_SCHEMAS = Object.values(PROBLEMS).map(problemSchema);
