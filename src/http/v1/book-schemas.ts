// The schemas of answers about the whole book.

import { Type } from 'typebox';
import { BUCKET_BOUNDS_DEFAULT } from '../../domain/arrears.ts';
import { DateText, KnownFields, Money, SumFields, Sums } from './schemas.ts';

const AsOf = DateText('The effective date that was asked about.', '2010-12-31');

export const Outstanding = Type.Object(
  { as_of: AsOf, ...KnownFields, ...SumFields },
  { description: 'The book as of the date.' },
);

const AgeingFields = {
  total: Sums,
  buckets: Type.Array(
    Type.Object({
      days_from: Type.Integer({ description: 'Days past due, from.' }),
      days_to: Type.Union([Type.Integer(), Type.Null()], {
        description: 'Days past due, to; null: no upper bound.',
      }),
      ...SumFields,
    }),
    { description: 'Ageing: every outstanding loan in one bucket; they add up to the total.' },
  ),
  par: Type.Array(
    Type.Object({
      days: Type.Integer({ description: 'Loans more than this many days past due.' }),
      principal: Money('Their whole outstanding principal.'),
      of: Money('The outstanding principal of the book.'),
      ratio: Type.Union([Type.String(), Type.Null()], {
        description: 'The one through the other, half up to six places; null if there is no principal.',
        examples: ['0.013400'],
      }),
    }),
    { description: 'Portfolio at risk.' },
  ),
};

export const Arrears = Type.Object(
  { as_of: AsOf, ...KnownFields, ...AgeingFields },
  { description: 'Ageing and portfolio at risk as of the date.' },
);

const Period = {
  from: DateText('The first day.', '2010-01-01'),
  to: DateText('The last day.', '2010-12-31'),
};

const SeriesFields = { ...Period, step: Type.String({ examples: ['month'] }), ...KnownFields };

export const OutstandingSeries = Type.Object(
  {
    ...SeriesFields,
    points: Type.Array(Type.Object({ as_of: AsOf, ...SumFields })),
  },
  { description: 'A point for each date.' },
);

export const ArrearsSeries = Type.Object(
  {
    ...SeriesFields,
    points: Type.Array(Type.Object({ as_of: AsOf, ...AgeingFields })),
  },
  { description: 'A point for each date.' },
);

export const Movements = Type.Object(
  {
    ...Period,
    ...KnownFields,
    opening: { ...Sums, description: 'As of the day before `from`.' },
    issued: { ...Sums, description: 'What issuing loans added.' },
    paid: { ...Sums, description: 'What payments took away (and, backdated, moved).' },
    reversed: { ...Sums, description: 'What reversals changed, with its sign.' },
    closing: { ...Sums, description: 'As of `to`: opening + issued − paid + reversed.' },
  },
  { description: 'The movements of the period.' },
);

export const BUCKETS_MAX = 20;
export const DAYS_MAX = 100_000;

export const BucketParameter = {
  buckets: Type.Optional(
    Type.String({
      description: `Upper bounds of the buckets in days past due, ascending, at most ${BUCKETS_MAX}.`,
      format: 'bucket-bounds',
      examples: ['30,60,90'],
    }),
  ),
};

/** The bucket bounds of a query, or undefined where they do not ascend. */
export function boundsOf(buckets: string | undefined): readonly number[] | undefined {
  if (buckets === undefined) return BUCKET_BOUNDS_DEFAULT;
  const bounds = buckets.split(',').map(Number);
  const ascends = bounds.every((days, index) => index === 0 || days > (bounds[index - 1] as number));
  return ascends && (bounds.at(-1) as number) <= DAYS_MAX ? bounds : undefined;
}
