// RFC 9457 problem details, as the OpenAPI document has them.

import { Type } from 'typebox';

export const PROBLEM_SCHEMA_ID = 'Problem';

export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'The stable type of the problem, at which it is documented.',
      examples: ['/problems/invalid-request'],
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong in this request.' }),
    errors: Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() })),
    request_id: Type.String(),
  },
  { $id: PROBLEM_SCHEMA_ID, description: 'RFC 9457 problem details.' },
);
