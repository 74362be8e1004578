// POST /v1/loans, GET /v1/loans/:id

import { type Static, Type } from 'typebox';
import type { LoanRequest } from '../../domain/loan.ts';
import type { Currency } from '../../domain/money.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import { originOf, type SurfaceParts } from '../surface.ts';
import { problemResponses } from './problem-responses.ts';
import {
  CurrencyCode,
  CurrencyInput,
  DateInput,
  DateText,
  Id,
  LoanPath,
  Money,
  MoneyInput,
  NullableDate,
  RateInput,
} from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { dateField, termsErrors, V1Fields } from './v1-fields.ts';
import { loanShape } from './v1-shapes.ts';

export const TermsInput = {
  amount: MoneyInput('The principal.'),
  currency: Type.Optional(CurrencyInput),
  term: Type.Integer({
    description: 'Months, 1 to 1200.',
    minimum: -2147483648,
    maximum: 2147483647,
    examples: [12],
  }),
  rate: RateInput,
  date: DateInput('The origination date.'),
};

const Reference = Type.String({
  description: "The bank's own number for the loan; unique, compared byte by byte.",
  format: 'reference',
  minLength: 1,
  maxLength: 100,
  examples: ['LC2007-00001'],
});

const LoanInput = Type.Object(
  { reference: Type.Optional(Type.Union([Reference, Type.Null()])), ...TermsInput },
  { additionalProperties: false },
);

export const Loan = Type.Object({
  id: Id("The loan's id, a UUID version 7."),
  reference: Type.Union([Type.String(), Type.Null()], { description: "The bank's own number for the loan." }),
  amount: Money('The principal.'),
  currency: CurrencyCode,
  term: Type.Integer({ description: 'Months.', examples: [12] }),
  rate: Type.String({ description: 'Annual interest rate.', examples: ['0.05'] }),
  date: DateText('The origination date.'),
  installment: Money('The fixed monthly payment, rounded as the bank rounds.', '85.60'),
  total: Money('Installment × term.', '1027.20'),
  status: Type.Union([Type.Literal('active'), Type.Literal('paid_off')]),
  payments_made: Type.Integer(),
  next_due_on: NullableDate('When the next installment falls due; null once the loan is paid off.'),
  recorded_at: Type.String({
    description: 'When James recorded the loan (UTC).',
    examples: ['2026-11-22T09:30:00.000Z'],
  }),
});

/** The loan that a body of TermsInput asks for. */
export function loanRequestOf(
  body: Static<Type.TObject<typeof TermsInput>>,
  currency: Currency,
): { readonly request: LoanRequest; readonly fields: V1Fields } {
  const fields = new V1Fields(currency);
  fields.currency(body.currency);
  const request = {
    amountCents: fields.money('amount', body.amount),
    rate: fields.rate('rate', body.rate),
    term: body.term,
    date: dateField(body.date),
  };
  return { request, fields };
}

export function loanRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.post(
    '/loans',
    {
      schema: {
        operationId: 'issueLoan',
        summary: 'Issue a loan',
        description:
          'The answer is sent once the loan is durable. The installment is stored with it for good.',
        tags: ['Loans'],
        body: LoanInput,
        response: {
          201: { ...Loan, description: 'The loan; its address is in `Location`.' },
          ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.termsRefused, PROBLEMS.referenceTaken),
        },
      },
    },
    async (request, reply) => {
      const { request: asked, fields } = loanRequestOf(request.body, currency);
      const decision = ledger.quote(asked);
      const errors = [...fields.errors];
      if (!decision.ok) {
        const named = new Set(errors.map(({ pointer }) => pointer));
        errors.push(...termsErrors(decision.faults).filter(({ pointer }) => !named.has(pointer)));
      }
      if (!decision.ok || errors.length > 0) {
        return sendProblem(request, reply, PROBLEMS.termsRefused, describe(errors), errors);
      }
      const reference = request.body.reference ?? null;
      const outcome = await ledger.issueLoan(decision.terms, reference, originOf(request));
      switch (outcome.kind) {
        case 'issued':
          return reply
            .code(201)
            .header('location', `/v1/loans/${outcome.loan.id}`)
            .send(loanShape(outcome.loan, currency) as Static<typeof Loan>);
        case 'reference-taken':
          return sendProblem(
            request,
            reply,
            PROBLEMS.referenceTaken,
            `Loan ${outcome.by} has the reference already.`,
            [{ pointer: '/reference', detail: 'is taken' }],
          );
        case 'already-recorded':
          throw new Error('a loan was skipped that should have been refused');
      }
    },
  );

  app.get(
    '/loans/:id',
    {
      schema: {
        operationId: 'getLoan',
        summary: 'A loan, with everything known now',
        tags: ['Loans'],
        params: LoanPath,
        response: { 200: Loan, ...problemResponses(PROBLEMS.loanNotFound) },
      },
    },
    async (request, reply) => {
      const loan = await ledger.loan(request.params.id);
      if (loan === undefined) {
        return sendProblem(request, reply, PROBLEMS.loanNotFound, `There is no loan ${request.params.id}.`);
      }
      return reply.send(loanShape(loan, currency) as Static<typeof Loan>);
    },
  );
}

/** Field errors as one sentence, for logs and for people. */
export function describe(errors: readonly { pointer: string; detail: string }[]): string {
  return `${errors.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`).join('; ')}.`;
}
