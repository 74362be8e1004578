// The schemas of exports: what is asked, and what a row has. NDJSON has rows as they stand here; CSV the same names and
// texts, nothing for null; Parquet decimals, dates and timestamps.

import { type TObject, Type } from 'typebox';
import { MEDIA_TYPES } from '../../export/export-question.ts';
import { AsOfQuery } from './as-of.ts';
import { RecordedAt, Reference, ReversedAt, Status } from './loan-schemas.ts';
import { Kind } from './payments.ts';
import { CurrencyCode, DateInput, DateText, Id, Money, NullableDate } from './schemas.ts';

const FormatParameter = {
  format: Type.Optional(
    Type.Union([Type.Literal('csv'), Type.Literal('ndjson'), Type.Literal('parquet')], {
      description: 'The form of the file. Left out, the `Accept` header decides, and without one it is CSV.',
      examples: ['csv'],
    }),
  ),
};

const ReversedParameter = {
  include_reversed: Type.Optional(
    Type.Boolean({
      description: 'Whether what was taken back comes along, with its `reversed_at`. Left out: false.',
      examples: [true],
    }),
  ),
};

const DaysPastDueParameter = (description: string) => ({
  days_past_due_min: Type.Optional(
    Type.Integer({ description, minimum: 0, maximum: 3_650_000, examples: [90] }),
  ),
});

const ReferenceParameter = { reference: Type.Optional(Reference) };

const DateParameters = (what: string) => ({
  date_from: Type.Optional(DateInput(`${what} on this date or later.`)),
  date_to: Type.Optional(DateInput(`${what} on this date or earlier.`)),
});

export const LoansExportQuery = Type.Object(
  {
    ...FormatParameter,
    ...AsOfQuery.properties,
    ...ReferenceParameter,
    status: Type.Optional(Status),
    ...DateParameters('Loans originated'),
    ...DaysPastDueParameter('Active loans that are at least so many days past due as of the date.'),
    ...ReversedParameter,
  },
  { additionalProperties: false },
);

export const PaymentsExportQuery = Type.Object(
  {
    ...FormatParameter,
    ...AsOfQuery.properties,
    ...ReferenceParameter,
    loan_id: Type.Optional(Id('Payments of the loan with this id, beside or in place of its reference.')),
    payment: Type.Optional(Kind),
    ...DateParameters('Payments effective'),
    ...ReversedParameter,
  },
  { additionalProperties: false },
);

export const BookExportQuery = Type.Object(
  {
    ...FormatParameter,
    ...AsOfQuery.properties,
    ...DateParameters('Changes effective'),
    ...DaysPastDueParameter('Changes of what is at least so many days past due as of the date.'),
  },
  { additionalProperties: false },
);

const RecordedOn = DateText("The bank's calendar date then.", '2026-11-22');
const RowReference = Type.String({
  description:
    "The bank's own number for the loan; where it has none, the loan's id, under which an import files it.",
  examples: ['LC2007-00001'],
});

export const LoansExportRow = Type.Object(
  {
    reference: RowReference,
    amount: Money('The principal.'),
    term: Type.Integer({ description: 'Months.', examples: [12] }),
    rate: Type.String({ description: 'Annual interest rate.', examples: ['0.05'] }),
    date: DateText('The origination date.'),
    installment: Money('The fixed monthly payment.', '85.60'),
    id: Id("The loan's id."),
    currency: CurrencyCode,
    total: Money('Installment × term.', '1027.20'),
    status: Status,
    value: Money('Outstanding value as of the date.', '770.40'),
    principal: Money('Outstanding principal as of the date.', '753.80'),
    payments_made: Type.Integer({ examples: [3] }),
    payments_left: Type.Integer({ examples: [9] }),
    next_due_on: NullableDate('When the next installment falls due; null unless the loan is active.'),
    days_past_due: Type.Integer({ examples: [0] }),
    overdue_installments: Type.Integer({
      description: 'Installments that fell due before the date and are unpaid.',
      examples: [0],
    }),
    overdue_value: Money('What they add up to.', '0.00'),
    recorded_at: RecordedAt,
    recorded_on: RecordedOn,
    reversed_at: ReversedAt,
  },
  { additionalProperties: false, description: 'A loan as of the date.' },
);

export const PaymentsExportRow = Type.Object(
  {
    reference: RowReference,
    payment: Kind,
    date: DateText('The effective date.', '2017-09-05'),
    amount: Money('The installment.', '85.60'),
    id: Id("The payment record's id."),
    loan_id: Id("The loan's id."),
    month: Type.String({ description: 'The calendar month that the record is for.', examples: ['2017-09'] }),
    currency: CurrencyCode,
    recorded_at: RecordedAt,
    recorded_on: RecordedOn,
    reversed_at: ReversedAt,
  },
  { additionalProperties: false, description: 'A payment record.' },
);

export const BookExportRow = Type.Object(
  {
    recorded_on: DateText('When the bank learned of it.', '2026-11-22'),
    effective_on: DateText('From when on it counts.', '2017-09-05'),
    due_on: DateText('The due date under which the part stands that changed.', '2017-10-05'),
    days_past_due: Type.Integer({ description: 'Of that part, as of the date.', examples: [0] }),
    cause: Type.Union([Type.Literal('issued'), Type.Literal('paid'), Type.Literal('reversed')], {
      description: 'The kind of record that caused it.',
    }),
    value: Money('By how much the outstanding value changed.', '941.60'),
    principal: Money('By how much the outstanding principal changed.', '918.56'),
    volume: Type.Integer({ description: 'By how many loans.', examples: [1] }),
    currency: CurrencyCode,
  },
  {
    additionalProperties: false,
    description: 'A change of the book, summed over all loans: added up they are the book as of the date.',
  },
);

/** A row as it stands in a line of CSV: the texts of NDJSON, nothing for null. */
function csvExample(row: TObject): string {
  const names = Object.keys(row.properties);
  const cell = ({
    examples,
    anyOf,
    type,
  }: {
    examples?: unknown[];
    anyOf?: { const?: unknown }[];
    type?: string;
  }) => String(examples?.[0] ?? (type === undefined ? (anyOf?.[0]?.const ?? '') : ''));
  const values = names.map((name) => cell(row.properties[name] as never));
  return `${names.join(',')}\n${values.join(',')}\n`;
}

/** The answer of an export in each of its forms. */
export function exportResponse(row: TObject, description: string) {
  return {
    description: `${description} Sent as it is read, without a length: only an answer that comes to its end is whole.`,
    headers: {
      'content-disposition': {
        type: 'string',
        description: 'A name for the file: what, as of when, and known when if that has passed.',
      },
      'x-as-of': { type: 'string', description: 'The as-of date.' },
      'x-known-at': { type: 'string', description: 'The known-at date.' },
    },
    content: {
      [MEDIA_TYPES.csv[0] as string]: { schema: { type: 'string', examples: [csvExample(row)] } },
      [MEDIA_TYPES.ndjson[0] as string]: { schema: row },
      [MEDIA_TYPES.parquet[0] as string]: {
        schema: {
          type: 'string',
          format: 'binary',
          description:
            'The same columns: money and rates as DECIMAL, dates as DATE, instants as TIMESTAMP (UTC, milliseconds).',
        },
      },
    },
  };
}
