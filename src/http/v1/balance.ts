// GET /v1/loans/:id/balance

import { type Static, Type } from 'typebox';
import { formatDate } from '../../domain/calendar-date.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { AsOfQuery, asOfOf } from './as-of.ts';
import { problemResponses } from './problem-responses.ts';
import { CurrencyCode, DateText, Id, KnownAt, LoanPath, Money, NullableDate } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { balanceShape } from './v1-shapes.ts';

const Balance = Type.Object({
  loan_id: Id("The loan's id."),
  as_of: DateText('The effective date that was asked about.'),
  known_at: KnownAt,
  currency: CurrencyCode,
  value: Money('Outstanding value: installment × payments left.', '770.40'),
  principal: Money('Outstanding principal.', '753.80'),
  payments_made: Type.Integer({ examples: [3] }),
  payments_left: Type.Integer({ examples: [9] }),
  next_due_on: NullableDate('When the next installment falls due; null once the loan is paid off.'),
  days_past_due: Type.Integer({ examples: [0] }),
  overdue: Type.Object({
    installments: Type.Integer({ description: 'Installments that fell due before the date and are unpaid.' }),
    value: Money('What they add up to.', '0.00'),
  }),
  status: Type.Union([Type.Literal('active'), Type.Literal('paid_off')]),
});

export function balanceRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.get(
    '/loans/:id/balance',
    {
      schema: {
        operationId: 'getBalance',
        summary: 'One loan as of a date',
        tags: ['Loans'],
        params: LoanPath,
        querystring: AsOfQuery,
        response: {
          200: Balance,
          ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.loanNotFound, PROBLEMS.beforeLoan),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const asked = asOfOf(ledger, request.query);
      const answer = await ledger.balance(id, asked.asOf);
      switch (answer.kind) {
        case 'balance':
          return reply.send(
            balanceShape({ ...asked, currency }, id, answer.balance) as Static<typeof Balance>,
          );
        case 'unknown-loan':
          return sendProblem(request, reply, PROBLEMS.loanNotFound, `There is no loan ${id}.`);
        case 'before-loan': {
          const date = formatDate(answer.loanDate);
          return sendProblem(request, reply, PROBLEMS.beforeLoan, `The loan is of ${date}.`, [
            { pointer: 'as_of', detail: `must not be before ${date}` },
          ]);
        }
      }
    },
  );
}
