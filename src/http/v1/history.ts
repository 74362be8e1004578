// GET /v1/loans/:id/history

import { Type } from 'typebox';
import type { LoanRecords } from '../../ledger/ledger.ts';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { RecordedAt } from './loan-schemas.ts';
import { pageOf } from './pages.ts';
import { problemResponses } from './problem-responses.ts';
import { DateText, Id, LoanPath, Page, PageParameters } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { sendRefusal } from './v1-refusals.ts';
import { issueHistoryShape, paymentHistoryShape, reversalHistoryShape } from './v1-shapes.ts';

const Entry = Type.Object({
  sequence: Type.Integer({ description: "The record's place in the loan's history, from 1.", examples: [1] }),
  kind: Type.Union([
    Type.Literal('issued'),
    Type.Literal('made'),
    Type.Literal('missed'),
    Type.Literal('payment_reversed'),
    Type.Literal('loan_reversed'),
  ]),
  id: Id("The record's id."),
  date: DateText('The effective date; of a reversal: that of what it took back.'),
  payment_id: Type.Union([Type.String(), Type.Null()], {
    description: 'The payment record that was made or taken back; null where it is the loan.',
  }),
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it was taken back.' }),
  recorded_at: RecordedAt,
  recorded_on: DateText("The bank's calendar date then.", '2026-11-22'),
  request_id: Type.String({ description: 'The request that brought it.' }),
  recorded_by: Type.String({ description: 'The name of the key that did it.', examples: ['development'] }),
  hash: Type.String({
    description:
      'SHA-256 of this record and the hash of the one before: whoever changes one breaks the chain.',
  }),
});

function entriesOf({ loan, payments, reversals }: LoanRecords) {
  const dates = new Map(payments.map(({ id, date }) => [id, date]));
  const effective = (paymentId: string | null) =>
    paymentId === null ? loan.terms.date : (dates.get(paymentId) as number);
  return [
    issueHistoryShape(loan),
    ...payments.map(paymentHistoryShape),
    ...reversals.map((reversal) => reversalHistoryShape(reversal, effective(reversal.paymentId))),
  ].sort((a, b) => a.sequence - b.sequence);
}

export function historyRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.get(
    '/loans/:id/history',
    {
      schema: {
        operationId: 'getHistory',
        summary: 'Everything that was recorded of a loan: who did what, when',
        tags: ['Loans'],
        params: LoanPath,
        querystring: Type.Object(PageParameters, { additionalProperties: false }),
        response: {
          200: Page(Entry),
          ...problemResponses(PROBLEMS.invalidRequest, PROBLEMS.loanNotFound),
        },
      },
    },
    async (request, reply) => {
      const records = await ledger.records(request.params.id);
      if (records === undefined) return sendRefusal(request, reply, { kind: 'unknown-loan' }, currency);
      const page = pageOf(entriesOf(records), request.query, request, reply);
      if (page === undefined) return reply;
      return reply.send({ data: [...page.items], next: page.next });
    },
  );
}
