// GET /v1/exports/loans, /v1/exports/payments, /v1/exports/book

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ExportFormat, ExportQuestion } from '../../export/export-question.ts';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { type AsOfQuery, asOfOf } from './as-of.ts';
import { askedFormat, sendExport } from './export-answer.ts';
import {
  BookExportQuery,
  BookExportRow,
  exportResponse,
  LoansExportQuery,
  LoansExportRow,
  PaymentsExportQuery,
  PaymentsExportRow,
} from './export-schemas.ts';
import { problemResponses } from './problem-responses.ts';
import type { V1App } from './v1-app.ts';
import { dateField } from './v1-fields.ts';

const COMMON =
  'All of it is of one moment, whatever is recorded meanwhile; what is effective after `as_of` or was recorded after `known_at` is left out (`as_of=9999-12-31` leaves nothing out). An answer that breaks off before its end (the connection is closed without the last chunk) is not whole: ask again. An export may take an hour, its reader a minute for each piece; few go at once.';

const PROBLEM_RESPONSES = problemResponses(
  PROBLEMS.invalidRequest,
  PROBLEMS.notAcceptable,
  PROBLEMS.knownAtInFuture,
  PROBLEMS.exportsBusy,
);

type CommonQuery = Static<typeof AsOfQuery> & {
  readonly format?: ExportFormat;
  readonly date_from?: string;
  readonly date_to?: string;
};

/** The members of a query's object that were given. */
function given<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

export function exportRoutes(app: V1App, { ledger, exports }: SurfaceParts): void {
  const { currency } = ledger.bank;

  /** Answers with the export that `question` makes of what all of them are asked; a problem where that can't be. */
  async function answer(
    query: CommonQuery,
    request: FastifyRequest,
    reply: FastifyReply,
    question: (
      common: Pick<ExportQuestion, 'format' | 'currency' | 'asOf' | 'knownAt' | 'knownOn'>,
    ) => ExportQuestion,
  ): Promise<FastifyReply> {
    const format = askedFormat(query.format, request, reply);
    if (format === undefined) return reply;
    const asked = await asOfOf(ledger, query, request, reply);
    if (asked === undefined) return reply;
    await ledger.fix(asked.asked);
    const { asOf, asked: knownAt, knownAt: knownOn } = asked;
    return sendExport(exports, question({ format, currency, asOf, knownAt, knownOn }), request, reply);
  }

  function dates({ date_from: from, date_to: to }: CommonQuery) {
    return given({
      dateFrom: from === undefined ? undefined : dateField(from),
      dateTo: to === undefined ? undefined : dateField(to),
    });
  }

  app.get(
    '/exports/loans',
    {
      schema: {
        operationId: 'exportLoans',
        summary: 'All loans as of a date, as known on a date, in one file',
        description: `Each loan originated by then with its state as of then. Its columns hold those that \`james import loans\` takes. Loans that were taken back are left out unless asked for: imported, they would count. ${COMMON}`,
        tags: ['Exports'],
        querystring: LoansExportQuery,
        response: { 200: exportResponse(LoansExportRow, 'The loans.'), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { query } = request;
      return answer(query, request, reply, (common) => ({
        ...common,
        table: 'loans',
        reversed: query.include_reversed ?? false,
        ...given({
          reference: query.reference,
          status: query.status,
          daysPastDueMin: query.days_past_due_min,
        }),
        ...dates(query),
      }));
    },
  );

  app.get(
    '/exports/payments',
    {
      schema: {
        operationId: 'exportPayments',
        summary: 'All payment records up to a date, as known on a date, in one file',
        description: `Loan by loan, month by month. Its columns hold those that \`james import payments\` takes. Records that were taken back are left out unless asked for: imported, they would count. ${COMMON}`,
        tags: ['Exports'],
        querystring: PaymentsExportQuery,
        response: { 200: exportResponse(PaymentsExportRow, 'The payment records.'), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { query } = request;
      return answer(query, request, reply, (common) => ({
        ...common,
        table: 'payments',
        reversed: query.include_reversed ?? false,
        ...given({ reference: query.reference, loanId: query.loan_id, kind: query.payment }),
        ...dates(query),
      }));
    },
  );

  app.get(
    '/exports/book',
    {
      schema: {
        operationId: 'exportBook',
        summary: 'The book up to a date, as known on a date, in one file',
        description: `The changes of all loans' timelines, summed by recorded date, effective date, due date and cause. Added up they are the book as of the date; up to an earlier effective date, the book as of that; by due date, its ageing; by cause, its movements. ${COMMON}`,
        tags: ['Exports'],
        querystring: BookExportQuery,
        response: { 200: exportResponse(BookExportRow, "The book's changes."), ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const { query } = request;
      return answer(query, request, reply, (common) => ({
        ...common,
        table: 'book',
        ...given({ daysPastDueMin: query.days_past_due_min }),
        ...dates(query),
      }));
    },
  );
}
