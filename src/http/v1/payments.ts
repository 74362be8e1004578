// POST /v1/loans/:id/payments

import { type Static, Type } from 'typebox';
import { formatDate, formatMonth } from '../../domain/calendar-date.ts';
import { type Currency, formatMoney } from '../../domain/money.ts';
import type { PaymentRefusal } from '../../domain/payment.ts';
import { type FieldError, PROBLEMS, type ProblemType, sendProblem } from '../problem.ts';
import { originOf, type SurfaceParts } from '../surface.ts';
import { describe } from './loans.ts';
import { problemResponses } from './problem-responses.ts';
import { CurrencyInput, DateInput, DateText, Id, LoanPath, Money, MoneyInput } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { dateField, V1Fields } from './v1-fields.ts';
import { paymentShape } from './v1-shapes.ts';

const Kind = Type.Union([Type.Literal('made'), Type.Literal('missed')]);

const PaymentInput = Type.Object(
  {
    payment: Kind,
    date: DateInput('The effective date, on or after the loan’s.'),
    amount: Type.Optional(MoneyInput('Equals the installment; left out, it means just that.', '85.60')),
    currency: Type.Optional(CurrencyInput),
  },
  { additionalProperties: false },
);

const Payment = Type.Object({
  id: Id("The payment record's id."),
  loan_id: Id("The loan's id."),
  payment: Kind,
  date: DateText('The effective date.', '2017-09-05'),
  month: Type.String({ description: 'The calendar month that the record is for.', examples: ['2017-09'] }),
  amount: Money('The installment.', '85.60'),
  recorded_at: Type.String({ examples: ['2026-11-22T09:30:00.000Z'] }),
  reversed_at: Type.Union([Type.String(), Type.Null()]),
});

interface Refused {
  readonly problem: ProblemType;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

function refused(problem: ProblemType, detail: string, pointer?: string, reason?: string): Refused {
  const errors = pointer === undefined ? [] : [{ pointer, detail: reason ?? detail }];
  return { problem, detail, errors };
}

/** What /v1 says of a payment that is not taken. */
function refusalOf(refusal: PaymentRefusal, currency: Currency): Refused {
  switch (refusal.reason) {
    case 'before-loan': {
      const date = formatDate(refusal.loanDate);
      return refused(PROBLEMS.beforeLoan, `The loan is of ${date}.`, '/date', `must not be before ${date}`);
    }
    case 'wrong-amount': {
      const installment = formatMoney(refusal.installmentCents, currency);
      return refused(
        PROBLEMS.wrongAmount,
        `The installment is ${installment} ${currency.code}.`,
        '/amount',
        `must be ${installment}`,
      );
    }
    case 'duplicate':
      return refused(PROBLEMS.duplicatePayment, `${formatMonth(refusal.month)} has a record already.`);
    case 'paid-off':
      return refused(PROBLEMS.paidOff, 'All installments of the loan are made.');
  }
}

export function paymentRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.post(
    '/loans/:id/payments',
    {
      schema: {
        operationId: 'recordPayment',
        summary: "Record a month's payment as made or missed",
        description: 'A made payment pays the oldest unpaid installment. Dates in the past are welcome.',
        tags: ['Payments'],
        params: LoanPath,
        body: PaymentInput,
        response: {
          201: { ...Payment, description: 'The payment record.' },
          ...problemResponses(
            PROBLEMS.invalidRequest,
            PROBLEMS.loanNotFound,
            PROBLEMS.duplicatePayment,
            PROBLEMS.paidOff,
            PROBLEMS.beforeLoan,
            PROBLEMS.wrongAmount,
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const fields = new V1Fields(currency);
      fields.currency(body.currency);
      const amountCents = body.amount === undefined ? undefined : fields.money('amount', body.amount);
      if (fields.errors.length > 0) {
        return sendProblem(request, reply, PROBLEMS.wrongAmount, describe(fields.errors), fields.errors);
      }
      const outcome = await ledger.recordPayment({
        loan: { by: 'id', id: request.params.id },
        payment: body.payment,
        date: dateField(body.date),
        ...(amountCents === undefined ? {} : { amountCents }),
        origin: originOf(request),
      });
      switch (outcome.kind) {
        case 'recorded':
          return reply.code(201).send(paymentShape(outcome.payment, currency) as Static<typeof Payment>);
        case 'unknown-loan':
          return sendProblem(request, reply, PROBLEMS.loanNotFound, `There is no loan ${request.params.id}.`);
        case 'refused': {
          const { problem, detail, errors } = refusalOf(outcome.refusal, currency);
          return sendProblem(request, reply, problem, detail, errors);
        }
        case 'already-recorded':
          throw new Error('a payment was skipped that should have been refused');
      }
    },
  );
}
