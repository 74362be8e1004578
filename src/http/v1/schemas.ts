// The pieces that /v1's schemas are made of. One schema gives validation, types and documentation.

import { type TSchema, Type } from 'typebox';

/** Money as it is answered: a decimal string with all places of the currency's minor unit. */
export const Money = (description: string, example = '1000.00') =>
  Type.String({ description, examples: [example] });

/** Money as it is taken: a decimal string or, where it is exact, a number. */
export const MoneyInput = (description: string, example = '1000.00') =>
  Type.Union([Type.String({ format: 'decimal', maxLength: 60 }), Type.Number()], {
    description: `${description} A decimal string; a number is taken where it is exact.`,
    examples: [example],
  });

/** A rate as it is taken. */
export const RateInput = Type.Union([Type.String({ format: 'decimal', maxLength: 60 }), Type.Number()], {
  description: 'Annual interest rate, 0 to 100, at most ten decimal places: "0.05" is 5 %.',
  examples: ['0.05'],
});

/** A date as it is taken. */
export const DateInput = (description: string) =>
  Type.String({
    format: 'calendar-date',
    description: `${description} A calendar date, \`YYYY-MM-DD\`; a time or an offset behind it changes nothing.`,
    examples: ['2017-08-05'],
  });

/** A calendar month as it is taken. */
export const MonthInput = (description: string) =>
  Type.String({
    format: 'calendar-month',
    description: `${description} A calendar month, \`YYYY-MM\`.`,
    examples: ['2017-09'],
  });

/** A date as it is answered. */
export const DateText = (description: string, example = '2017-08-05') =>
  Type.String({ description, examples: [example] });

export const NullableDate = (description: string, example = '2017-09-05') =>
  Type.Union([Type.String(), Type.Null()], { description, examples: [example] });

export const CurrencyCode = Type.String({
  description: "ISO 4217 code of the bank's currency.",
  examples: ['USD'],
});

export const CurrencyInput = Type.String({
  description: "If given, it must be the bank's currency.",
  minLength: 3,
  maxLength: 3,
  examples: ['USD'],
});

export const Id = (description: string) =>
  Type.String({ description, examples: ['019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a'] });

/** What every list takes. */
export const PageParameters = {
  limit: Type.Optional(
    Type.Integer({
      description: 'At most so many in one answer.',
      minimum: 1,
      maximum: 500,
      default: 50,
      examples: [50],
    }),
  ),
  after: Type.Optional(
    Type.String({ description: 'The `next` of the page before.', minLength: 1, maxLength: 200 }),
  ),
};

/** A list of something, a page at a time. */
export const Page = <Item extends TSchema>(item: Item) =>
  Type.Object(
    {
      data: Type.Array(item),
      next: Type.Union([Type.String(), Type.Null()], {
        description: 'Where the next page begins: send it as `after`. Null on the last page.',
      }),
    },
    { description: 'A page.' },
  );

export const LoanPath = Type.Object({ id: Id("The loan's id.") });

/** What heads an answer as known at a date. */
export const KnownFields = {
  known_at: DateText('Records count up to this recorded date.', '2026-11-22'),
  provisional: Type.Boolean({
    description: 'Whether the known-at date is today: what is learned later today still changes the answer.',
  }),
  currency: CurrencyCode,
};

export const SumFields = {
  value: Money('Outstanding value: money still to be paid.', '1027.20'),
  principal: Money('Outstanding principal.'),
  volume: Type.Integer({ description: 'Loans that still have something outstanding.', examples: [1] }),
};
export const Sums = Type.Object(SumFields);
