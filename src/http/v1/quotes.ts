// POST /v1/quotes

import { Type } from 'typebox';
import { formatDate } from '../../domain/calendar-date.ts';
import { totalOf } from '../../domain/loan.ts';
import { formatMoney } from '../../domain/money.ts';
import { formatRate } from '../../domain/rate.ts';
import { scheduleOf } from '../../domain/schedule.ts';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { loanRequestOf, TermsInput } from './loan-schemas.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import { InstallmentFields } from './schedules.ts';
import { CurrencyCode, DateText, Money } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { mergedFaults } from './v1-fields.ts';
import { sendRefusal } from './v1-refusals.ts';
import { installmentShape } from './v1-shapes.ts';

const Quote = Type.Object(
  {
    amount: Money('The principal.'),
    currency: CurrencyCode,
    term: Type.Integer({ examples: [12] }),
    rate: Type.String({ examples: ['0.05'] }),
    date: DateText('The origination date.'),
    installment: Money('The fixed monthly payment.', '85.60'),
    total: Money('Installment × term.', '1027.20'),
    interest: Money('Total − amount.', '27.20'),
    schedule: Type.Array(Type.Object(InstallmentFields)),
  },
  { description: 'What the loan would be.' },
);

export function quoteRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.post(
    '/quotes',
    {
      config: { role: 'viewer' },
      schema: {
        operationId: 'quoteLoan',
        summary: 'The installment and the schedule of a loan, without issuing it',
        tags: ['Loans'],
        body: Type.Object(TermsInput, { additionalProperties: false }),
        response: { 200: Quote, ...problemResponses(...BODY_PROBLEMS, PROBLEMS.termsRefused) },
      },
    },
    async (request, reply) => {
      const { request: asked, fields } = loanRequestOf(request.body, currency);
      const decision = ledger.quote(asked);
      const faults = mergedFaults(fields, decision);
      if (!decision.ok || faults.length > 0) {
        return sendRefusal(request, reply, { kind: 'terms-refused', faults }, currency);
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
