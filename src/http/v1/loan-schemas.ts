// The schemas of loans: what is taken, and what is answered.

import { type Static, Type } from 'typebox';
import type { LoanRequest } from '../../domain/loan.ts';
import type { Currency } from '../../domain/money.ts';
import {
  CurrencyCode,
  CurrencyInput,
  DateInput,
  DateText,
  Id,
  Money,
  MoneyInput,
  NullableDate,
  RateInput,
} from './schemas.ts';
import { dateField, V1Fields } from './v1-fields.ts';

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

export const Reference = Type.String({
  description: "The bank's own number for the loan; unique, compared byte by byte.",
  format: 'reference',
  minLength: 1,
  maxLength: 100,
  examples: ['LC2007-00001'],
});

export const LoanInput = Type.Object(
  { reference: Type.Optional(Type.Union([Reference, Type.Null()])), ...TermsInput },
  { additionalProperties: false },
);

export const Status = Type.Union(
  [Type.Literal('active'), Type.Literal('paid_off'), Type.Literal('reversed')],
  { description: 'active: something is outstanding; reversed: taken back as issued by mistake.' },
);

export const RecordedAt = Type.String({
  description: 'When James recorded it (UTC).',
  examples: ['2026-11-22T09:30:00.000Z'],
});

export const ReversedAt = Type.Union([Type.String(), Type.Null()], {
  description: 'When it was taken back (UTC); null while it counts.',
});

export const Loan = Type.Object(
  {
    id: Id("The loan's id, a UUID version 7."),
    reference: Type.Union([Type.String(), Type.Null()], {
      description: "The bank's own number for the loan.",
    }),
    amount: Money('The principal.'),
    currency: CurrencyCode,
    term: Type.Integer({ description: 'Months.', examples: [12] }),
    rate: Type.String({ description: 'Annual interest rate.', examples: ['0.05'] }),
    date: DateText('The origination date.'),
    installment: Money('The fixed monthly payment, rounded as the bank rounds.', '85.60'),
    total: Money('Installment × term.', '1027.20'),
    status: Status,
    payments_made: Type.Integer({ description: 'Made payments that count.', examples: [0] }),
    next_due_on: NullableDate('When the next installment falls due; null unless the loan is active.'),
    recorded_at: RecordedAt,
    reversed_at: ReversedAt,
  },
  { description: 'A loan.' },
);

/** The loan that a body of TermsInput asks for; what can't be read exactly is in the fields' errors. */
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
