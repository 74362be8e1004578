// What the OpenAPI document says of the James surface. These schemas describe and never validate: the frozen messages
// for bad fields come from james-fields.ts.

import { Type } from 'typebox';

const tags = ['James'];
const security = [{ jamesToken: [] }];

const DateField = Type.String({
  description:
    'A calendar date, read as written: `YYYY-MM-DD`, or with a space or `T` and `hh:mm[:ss[.fraction]]`, then nothing, `Z`, `±hh:mm` or `±hhmm`.',
  examples: ['2017-08-05 02:18Z'],
});
const Loan = Type.Object({ id: Type.String({ description: 'The `loan_id` that POST /loans answered.' }) });
const Nothing = Type.Object({}, { description: 'An empty object.' });
const ErrorText = Type.Object({ error: Type.String() });
const FieldMessages = Type.Record(Type.String(), Type.String(), {
  description: 'Every wrong field with its message, or `error` with a text.',
  examples: [{ date: 'Required' }, { error: 'Invalid JSON.' }],
});

const Forbidden = {
  403: { ...Nothing, description: 'No token, a wrong one, or one of a key that may not do this.' },
  429: {
    ...ErrorText,
    description: 'Too many failures or requests; try again after the time in Retry-After.',
  },
};
const UnknownLoan = { 404: { ...Nothing, description: 'There is no such loan.' } };
const Common = {
  400: { ...FieldMessages, description: 'Something in the body is wrong.' },
  413: { ...ErrorText, description: 'The body is over 1 MiB.' },
  503: {
    ...ErrorText,
    description: 'The database cannot serve now; try again after the time in Retry-After.',
  },
};

const KeyUsed = {
  422: { ...ErrorText, description: 'The Idempotency-Key was sent before with another request.' },
};
const headers = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description: 'Makes the request safe to send again: for 30 days the same one gets the first answer.',
      maxLength: 255,
    }),
  ),
});

export const issueLoanSchema = {
  operationId: 'jamesIssueLoan',
  summary: 'Issue a loan',
  description: 'The loan is accepted automatically; its monthly installment is rounded as the bank rounds.',
  tags,
  security,
  headers,
  body: Type.Object({
    amount: Type.Number({ description: 'Principal, at most two decimal places.', examples: [1000] }),
    term: Type.Number({ description: 'Months, 1 to 1200.', examples: [12] }),
    rate: Type.Number({ description: 'Annual interest rate: 0.05 is 5 %.', examples: [0.05] }),
    date: DateField,
  }),
  response: {
    200: Type.Object(
      {
        loan_id: Type.String({ format: 'uuid' }),
        installment: Type.Number({ description: 'The fixed monthly payment.', examples: [85.6] }),
      },
      { description: 'The loan is issued.' },
    ),
    ...Forbidden,
    ...KeyUsed,
    ...Common,
  },
};

export const recordPaymentSchema = {
  operationId: 'jamesRecordPayment',
  summary: "Record a month's payment as made or missed",
  tags,
  security,
  headers,
  params: Loan,
  body: Type.Object({
    payment: Type.Union([Type.Literal('made'), Type.Literal('missed')]),
    date: DateField,
    amount: Type.Number({
      description: 'Equals the installment, also for a missed payment.',
      examples: [85.6],
    }),
  }),
  response: {
    200: Type.Object({ success: Type.Literal('Payment added.') }, { description: 'It is recorded.' }),
    ...Forbidden,
    ...UnknownLoan,
    409: { ...ErrorText, description: 'The month has a record already, or the loan is paid off.' },
    ...KeyUsed,
    ...Common,
  },
};

export const askBalanceSchema = {
  operationId: 'jamesAskBalance',
  summary: 'The outstanding value of a loan as of the end of a day',
  tags,
  security,
  params: Loan,
  body: Type.Object({ date: DateField }),
  response: {
    200: Type.Object(
      { balance: Type.Number({ examples: [941.6] }) },
      { description: 'The money still to be paid.' },
    ),
    ...Forbidden,
    ...UnknownLoan,
    ...Common,
  },
};
