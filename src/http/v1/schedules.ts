// GET /v1/loans/:id/schedule

import { Type } from 'typebox';
import { formatDate } from '../../domain/calendar-date.ts';
import { scheduleOf } from '../../domain/schedule.ts';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { AsOfQuery, asOfOf, sendBeforeLoan } from './as-of.ts';
import { problemResponses } from './problem-responses.ts';
import { DateText, Id, KnownFields, LoanPath, Money } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { sendRefusal } from './v1-refusals.ts';
import { installmentShape, knownShape } from './v1-shapes.ts';

/** One installment of a schedule. */
export const InstallmentFields = {
  number: Type.Integer({ examples: [1] }),
  due_on: DateText('When it falls due.', '2017-09-05'),
  installment: Money('The fixed monthly payment.', '85.60'),
  principal: Money('Its principal part.', '81.44'),
  interest: Money('Its interest part, which takes up all rounding.', '4.16'),
  outstanding: Money('The outstanding value after it.', '941.60'),
  principal_outstanding: Money('The outstanding principal after it.', '918.56'),
};

const Schedule = Type.Object(
  {
    loan_id: Id("The loan's id."),
    as_of: DateText('The effective date that was asked about.'),
    ...KnownFields,
    data: Type.Array(
      Type.Object({
        ...InstallmentFields,
        status: Type.Union(
          [Type.Literal('paid'), Type.Literal('overdue'), Type.Literal('due'), Type.Literal('reversed')],
          { description: 'As of the date: overdue from the day after it fell due.' },
        ),
      }),
    ),
  },
  { description: 'Every installment, in order.' },
);

export function scheduleRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.get(
    '/loans/:id/schedule',
    {
      schema: {
        operationId: 'getSchedule',
        summary: 'Every installment of a loan, and which are paid or overdue as of a date',
        tags: ['Loans'],
        params: LoanPath,
        querystring: AsOfQuery,
        response: {
          200: Schedule,
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
      const { terms, balance } = answer;
      const statusOf = (number: number, dueOn: number) => {
        if (balance.status === 'reversed') return 'reversed';
        if (number <= balance.paymentsMade) return 'paid';
        return dueOn < asked.asOf ? 'overdue' : 'due';
      };
      return reply.send({
        loan_id: id,
        as_of: formatDate(asked.asOf),
        ...knownShape({ ...asked, currency }),
        data: scheduleOf(terms).map((row) => ({
          ...installmentShape(row, currency),
          status: statusOf(row.number, row.dueOn),
        })),
      });
    },
  );
}
