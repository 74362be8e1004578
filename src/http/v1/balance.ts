// GET /v1/loans/:id/balance

import { Type } from 'typebox';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { AsOfQuery, asOfOf, sendBeforeLoan } from './as-of.ts';
import { Status } from './loan-schemas.ts';
import { problemResponses } from './problem-responses.ts';
import { DateText, Id, KnownFields, LoanPath, Money, NullableDate } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { sendRefusal } from './v1-refusals.ts';
import { balanceShape } from './v1-shapes.ts';

const Balance = Type.Object(
  {
    loan_id: Id("The loan's id."),
    as_of: DateText('The effective date that was asked about.'),
    ...KnownFields,
    value: Money('Outstanding value: installment × payments left.', '770.40'),
    principal: Money('Outstanding principal.', '753.80'),
    payments_made: Type.Integer({ examples: [3] }),
    payments_left: Type.Integer({ examples: [9] }),
    next_due_on: NullableDate('When the next installment falls due; null unless the loan is active.'),
    days_past_due: Type.Integer({ examples: [0] }),
    overdue: Type.Object({
      installments: Type.Integer({
        description: 'Installments that fell due before the date and are unpaid.',
      }),
      value: Money('What they add up to.', '0.00'),
    }),
    status: Status,
  },
  { description: 'The loan as of the date.' },
);

export function balanceRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.get(
    '/loans/:id/balance',
    {
      schema: {
        operationId: 'getBalance',
        summary: 'One loan as of a date, as known on a date',
        tags: ['Loans'],
        params: LoanPath,
        querystring: AsOfQuery,
        response: {
          200: Balance,
          ...problemResponses(
            PROBLEMS.invalidRequest,
            PROBLEMS.loanNotFound,
            PROBLEMS.beforeLoan,
            PROBLEMS.knownAtInFuture,
          ),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const asked = await asOfOf(ledger, request.query, request, reply);
      if (asked === undefined) return reply;
      const answer = await ledger.balance(id, asked.asOf, asked.asked);
      if (answer.kind === 'unknown-loan') return sendRefusal(request, reply, answer, currency);
      if (answer.kind === 'before-loan') return sendBeforeLoan(request, reply, answer.loanDate);
      return reply.send(balanceShape({ ...asked, currency }, id, answer.balance));
    },
  );
}
