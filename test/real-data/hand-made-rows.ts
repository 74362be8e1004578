// Hand-made rows of loans and payments, wrong in every way that an import meets, with good ones around them:
// what becomes of each, and how it reads once it is put right.

/** A line of a hand-made file: what it is, and what becomes of it. */
export interface HandMadeLine {
  readonly what: string;
  readonly text: string | Buffer;
  readonly fate: 'accepted' | 'skipped' | 'rejected';
  /** The column that the rejection names, where only one can be meant. */
  readonly field?: string;
  /** The row put right, where it can be. */
  readonly corrected?: string;
}

const invalidUtf8 = (before: string, after: string) =>
  Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);

export const LOANS_HEADER = 'reference,amount,term,rate,date,installment,note';
export const LOAN_LINES: readonly HandMadeLine[] = [
  { what: 'contractual installment', text: 'A-1,1000,12,0.05,2017-08-05,85.61,kept', fate: 'accepted' },
  {
    what: 'a date that does not exist',
    text: 'A-2,1000,12,0.05,2023-02-30,,',
    fate: 'rejected',
    field: 'date',
    corrected: 'A-2,1000,12,0.05,2023-02-28,,',
  },
  { what: 'no installment, the 31st', text: 'A-3,1000,12,0.05,2023-01-31,,"a, ""note"""', fate: 'accepted' },
  {
    what: 'no amount',
    text: 'A-4,,12,0.05,2017-08-05,,',
    fate: 'rejected',
    field: 'amount',
    corrected: 'A-4,2500.50,12,0.05,2017-08-05,,',
  },
  {
    what: 'a reference again with other content',
    text: 'A-1,2000,12,0.05,2017-08-05,171.22,',
    fate: 'rejected',
  },
  { what: 'an equal row', text: 'A-1,1000,12,0.05,2017-08-05,85.61,kept', fate: 'skipped' },
  {
    what: 'too few columns',
    text: 'A-5,1000,12',
    fate: 'rejected',
    corrected: 'A-5,1000,12,0.05,2020-02-29,,',
  },
  {
    what: 'a byte that is not UTF-8',
    text: invalidUtf8('A-', '6,1000,12,0.05,2017-08-05,,'),
    fate: 'rejected',
    corrected: 'A-6,1000,12,0.0775,2017-08-05,,',
  },
  {
    what: 'a term that is no number',
    text: 'A-7,1000,twelve,0.05,2017-08-05,,',
    fate: 'rejected',
    field: 'term',
    corrected: 'A-7,1000,3,0.05,2017-08-05,,',
  },
  {
    what: 'a negative rate',
    text: 'A-8,1000,12,-0.05,2017-08-05,,',
    fate: 'rejected',
    field: 'rate',
    corrected: 'A-8,1000,12,0.1999,2017-08-05,,',
  },
  {
    what: 'installments that do not pay the amount back',
    text: 'A-9,1000,12,0.05,2017-08-05,80.00,',
    fate: 'rejected',
    field: 'installment',
    corrected: 'A-9,1000,12,0.05,2017-08-05,86.00,',
  },
  { what: 'a reference in any script', text: 'Ä-10 貸,700,1,0.05,2017-08-05,,', fate: 'accepted' },
  {
    what: 'too many columns',
    text: 'A-11,1000,12,0.05,2017-08-05,,,,',
    fate: 'rejected',
    corrected: 'A-11,1000,12,0.05,2017-08-05,,',
  },
  { what: 'a good row at the end', text: 'A-12,99.99,6,0.2,2017-08-31,,', fate: 'accepted' },
];

export const PAYMENTS_HEADER = 'reference,payment,date,amount';
export const PAYMENT_LINES: readonly HandMadeLine[] = [
  { what: 'a good row', text: 'A-1,made,2017-09-05,85.61', fate: 'accepted' },
  {
    what: 'an unknown reference',
    text: 'B-1,made,2017-12-05,85.61',
    fate: 'rejected',
    field: 'reference',
    corrected: 'A-1,made,2017-12-05,85.61',
  },
  {
    what: 'a date that does not exist',
    text: 'A-1,made,2018-13-05,85.61',
    fate: 'rejected',
    field: 'date',
    corrected: 'A-1,made,2018-01-05,85.61',
  },
  {
    what: 'an amount that is not the installment',
    text: 'A-1,made,2018-02-05,85.60',
    fate: 'rejected',
    field: 'amount',
    corrected: 'A-1,made,2018-02-05,85.61',
  },
  {
    what: 'a second record of the month, of the other kind',
    text: 'A-1,missed,2017-09-20,85.61',
    fate: 'rejected',
  },
  { what: 'an equal row', text: 'A-1,made,2017-09-05,85.61', fate: 'skipped' },
  {
    what: 'a second record of the month, of the same kind',
    text: 'A-1,made,2017-09-06,85.61',
    fate: 'rejected',
  },
  {
    what: 'a kind of payment that there is not',
    text: 'A-1,paid,2018-03-05,85.61',
    fate: 'rejected',
    field: 'payment',
    corrected: 'A-1,missed,2018-03-05,85.61',
  },
  {
    what: 'no date',
    text: 'A-1,made,,85.61',
    fate: 'rejected',
    field: 'date',
    corrected: 'A-1,made,2018-04-05,85.61',
  },
  { what: 'too few columns', text: 'A-1,made', fate: 'rejected', corrected: 'A-1,made,2018-05-05,85.61' },
  {
    what: 'a byte that is not UTF-8',
    text: invalidUtf8('A-', '1,made,2018-06-05,85.61'),
    fate: 'rejected',
    corrected: 'A-1,made,2018-06-05,85.61',
  },
  { what: 'a date before the loan', text: 'A-1,made,2017-08-04,85.61', fate: 'rejected', field: 'date' },
  { what: 'a missed payment', text: 'A-1,missed,2017-10-05,85.61', fate: 'accepted' },
  { what: 'a good row after bad ones', text: 'A-1,made,2017-11-05,85.61', fate: 'accepted' },
  { what: 'the last payment of a loan', text: 'Ä-10 貸,made,2017-09-05,702.91', fate: 'accepted' },
  { what: 'a payment of a loan paid off', text: 'Ä-10 貸,made,2017-10-05,702.91', fate: 'rejected' },
  { what: 'a missed record of a loan paid off', text: 'Ä-10 貸,missed,2017-11-05,702.91', fate: 'accepted' },
];
