// POST /v1/quotes

import { Type } from 'typebox';
import { formatDate } from '../../domain/calendar-date.ts';
import { totalOf } from '../../domain/loan.ts';
import { type Currency, formatMoney } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import { type ScheduledInstallment, scheduleOf } from '../../domain/schedule.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { describe, loanRequestOf, TermsInput } from './loans.ts';
import { problemResponses } from './problem-responses.ts';
import { CurrencyCode, DateText, Money } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { termsErrors } from './v1-fields.ts';

const Installment = Type.Object({
  number: Type.Integer({ examples: [1] }),
  due_on: DateText('When it falls due.', '2017-09-05'),
  installment: Money('The fixed monthly payment.', '85.60'),
  principal: Money('Its principal part.', '81.44'),
  interest: Money('Its interest part, which takes up all rounding.', '4.16'),
  outstanding: Money('The outstanding value after it.', '941.60'),
  principal_outstanding: Money('The outstanding principal after it.', '918.56'),
});

const Quote = Type.Object({
  amount: Money('The principal.'),
  currency: CurrencyCode,
  term: Type.Integer({ examples: [12] }),
  rate: Type.String({ examples: ['0.05'] }),
  date: DateText('The origination date.'),
  installment: Money('The fixed monthly payment.', '85.60'),
  total: Money('Installment × term.', '1027.20'),
  interest: Money('Total − amount.', '27.20'),
  schedule: Type.Array(Installment),
});

function installmentShape(row: ScheduledInstallment, currency: Currency) {
  return {
    number: row.number,
    due_on: formatDate(row.dueOn),
    installment: formatMoney(row.installmentCents, currency),
    principal: formatMoney(row.principalCents, currency),
    interest: formatMoney(row.interestCents, currency),
    outstanding: formatMoney(row.outstandingCents, currency),
    principal_outstanding: formatMoney(row.principalOutstandingCents, currency),
  };
}

export function quoteRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.post(
    '/quotes',
    {
      schema: {
        operationId: 'quoteLoan',
        summary: 'The installment and the schedule of a loan, without issuing it',
        tags: ['Loans'],
        body: Type.Object(TermsInput, { additionalProperties: false }),
        response: { 200: Quote, ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.termsRefused) },
      },
    },
    async (request, reply) => {
      const { request: asked, fields } = loanRequestOf(request.body, currency);
      const decision = ledger.quote(asked);
      const errors = fields.errors.length > 0 || decision.ok ? fields.errors : termsErrors(decision.faults);
      if (!decision.ok || errors.length > 0) {
        return sendProblem(request, reply, PROBLEMS.termsRefused, describe(errors), errors);
      }
      const { terms } = decision;
      const total = totalOf(terms);
      return reply.send({
        amount: formatMoney(terms.amountCents, currency),
        currency: currency.code,
        term: terms.term,
        rate: formatRate(terms.rate),
        date: formatDate(terms.date),
        installment: formatMoney(terms.installmentCents, currency),
        total: formatMoney(total, currency),
        interest: formatMoney(total - terms.amountCents, currency),
        schedule: scheduleOf(terms).map((row) => installmentShape(row, currency)),
      });
    },
  );
}
