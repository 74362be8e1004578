// POST /v1/loans/:id/payments, GET /v1/loans/:id/payments, GET /v1/payments/:id

import { Type } from 'typebox';
import { markReplay } from '../idempotency.ts';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { commandedBy, WriteHeaders } from './commanded.ts';
import { RecordedAt, ReversedAt } from './loan-schemas.ts';
import { pageOf } from './pages.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import {
  CurrencyInput,
  DateInput,
  DateText,
  Id,
  LoanPath,
  Money,
  MoneyInput,
  Page,
  PageParameters,
} from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { dateField, V1Fields } from './v1-fields.ts';
import { sendRefusal } from './v1-refusals.ts';
import { paymentShape } from './v1-shapes.ts';

export const Kind = Type.Union([Type.Literal('made'), Type.Literal('missed')]);

const PaymentInput = Type.Object(
  {
    payment: Kind,
    date: DateInput('The effective date, on or after the loan’s.'),
    amount: Type.Optional(MoneyInput('Equals the installment; left out, it means just that.', '85.60')),
    currency: Type.Optional(CurrencyInput),
    replaces: Type.Optional(
      Type.Union([Id(''), Type.Null()], {
        description:
          'A payment record of the same loan that is taken back in the same transaction: the way to record a late payment in a month recorded as missed.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const PaymentFields = {
  id: Id("The payment record's id."),
  loan_id: Id("The loan's id."),
  payment: Kind,
  date: DateText('The effective date.', '2017-09-05'),
  month: Type.String({ description: 'The calendar month that the record is for.', examples: ['2017-09'] }),
  amount: Money('The installment.', '85.60'),
  recorded_at: RecordedAt,
  reversed_at: ReversedAt,
};

export const PaymentPath = Type.Object({ id: Id("The payment record's id.") });

const Payment = Type.Object(PaymentFields, { description: 'A payment record.' });

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
        headers: WriteHeaders,
        params: LoanPath,
        body: PaymentInput,
        response: {
          201: { ...Payment, description: 'The payment record; its address is in `Location`.' },
          ...problemResponses(
            ...BODY_PROBLEMS,
            PROBLEMS.loanNotFound,
            PROBLEMS.paymentNotFound,
            PROBLEMS.duplicatePayment,
            PROBLEMS.paidOff,
            PROBLEMS.loanReversed,
            PROBLEMS.alreadyReversed,
            PROBLEMS.beforeLoan,
            PROBLEMS.wrongAmount,
            PROBLEMS.idempotencyKeyUsed,
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const fields = new V1Fields(currency);
      fields.currency(body.currency);
      const amountCents = body.amount === undefined ? undefined : fields.money('amount', body.amount);
      const commanded = commandedBy(request);
      const otherCurrency = fields.faults.some(({ field }) => field === 'currency');
      // An amount that is no whole number of minor units reads as 0, which is no loan's installment.
      const answer = otherCurrency
        ? await ledger.refuse({ kind: 'payment-refused', refusal: { reason: 'other-currency' } }, commanded)
        : await ledger.recordPayment({
            loan: { by: 'id', id: request.params.id },
            payment: body.payment,
            date: dateField(body.date),
            ...(amountCents === undefined ? {} : { amountCents }),
            ...(body.replaces == null ? {} : { replaces: body.replaces }),
            ...commanded,
          });
      markReplay(request, reply, answer);
      const { outcome } = answer;
      if (outcome.kind !== 'recorded') return sendRefusal(request, reply, outcome, currency);
      return reply
        .code(201)
        .header('location', `/v1/payments/${outcome.payment.id}`)
        .send(paymentShape(outcome.payment, outcome.amountCents, currency));
    },
  );

  app.get(
    '/payments/:id',
    {
      schema: {
        operationId: 'getPayment',
        summary: 'A payment record',
        tags: ['Payments'],
        params: PaymentPath,
        response: { 200: Payment, ...problemResponses(PROBLEMS.paymentNotFound) },
      },
    },
    async (request, reply) => {
      const found = await ledger.payment(request.params.id);
      if (found === undefined) return sendRefusal(request, reply, { kind: 'unknown-payment' }, currency);
      return reply.send(paymentShape(found.payment, found.loan.terms.installmentCents, currency));
    },
  );

  app.get(
    '/loans/:id/payments',
    {
      schema: {
        operationId: 'listPayments',
        summary: "A loan's payment records by month, reversed ones included",
        tags: ['Payments'],
        params: LoanPath,
        querystring: Type.Object(PageParameters, { additionalProperties: false }),
        response: {
          200: Page(Payment),
          ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.loanNotFound),
        },
      },
    },
    async (request, reply) => {
      const records = await ledger.records(request.params.id);
      if (records === undefined) return sendRefusal(request, reply, { kind: 'unknown-loan' }, currency);
      const { installmentCents } = records.loan.terms;
      const page = pageOf(records.payments, request.query, request, reply);
      if (page === undefined) return reply;
      return reply.send({
        data: page.items.map((payment) => paymentShape(payment, installmentCents, currency)),
        next: page.next,
      });
    },
  );
}
