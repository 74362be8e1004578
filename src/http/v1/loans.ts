// POST /v1/loans, GET /v1/loans, GET /v1/loans/:id

import { type Static, Type } from 'typebox';
import { type CalendarDate, DATE_MAX, parseMonth } from '../../domain/calendar-date.ts';
import type { LoanFilter } from '../../ledger/ledger.ts';
import { markReplay } from '../idempotency.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { commandedBy, WriteHeaders } from './commanded.ts';
import { Loan, LoanInput, loanRequestOf, Reference, Status } from './loan-schemas.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import { DateInput, LoanPath, MonthInput, Page, PageParameters } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { dateField, mergedFaults } from './v1-fields.ts';
import { sendRefusal } from './v1-refusals.ts';
import { loanShape } from './v1-shapes.ts';

const PAGE_DEFAULT = 50;

const LoansQuery = Type.Object(
  {
    reference: Type.Optional(Reference),
    status: Type.Optional(Status),
    date_from: Type.Optional(DateInput('Loans originated on this date or later.')),
    date_to: Type.Optional(DateInput('Loans originated on this date or earlier.')),
    days_past_due_min: Type.Optional(
      Type.Integer({
        description: 'Active loans that are at least so many days past due today, the oldest due date first.',
        minimum: 0,
        maximum: 3_650_000,
        examples: [90],
      }),
    ),
    due_from: Type.Optional(
      DateInput('Active loans whose next installment falls due on this date or later, by due date.'),
    ),
    due_to: Type.Optional(
      DateInput('Active loans whose next installment falls due on this date or earlier, by due date.'),
    ),
    without_record_in: Type.Optional(
      MonthInput('Loans that have no payment record for this month, made or missed, that counts.'),
    ),
    ...PageParameters,
  },
  { additionalProperties: false },
);

type Asked = Static<typeof LoansQuery>;

/** Loans that are at least so many days past due are due on this date or before; at least 0: all that are active. */
function latestDue({ days_past_due_min: days, due_to: to }: Asked, today: CalendarDate): CalendarDate {
  const byDays = days === undefined || days === 0 ? DATE_MAX : today - days;
  return to === undefined ? byDays : Math.min(byDays, dateField(to));
}

/** The bounds of next due dates, where a query has any. */
function dueOf(query: Asked, today: CalendarDate): LoanFilter {
  const hasLatest = query.days_past_due_min !== undefined || query.due_to !== undefined;
  return {
    ...(query.due_from === undefined ? {} : { dueOnOrAfter: dateField(query.due_from) }),
    ...(hasLatest ? { dueOnOrBefore: latestDue(query, today) } : {}),
  };
}

/** A month whose form the schema has checked. */
function monthField(text: string): number {
  return parseMonth(text) as number;
}

function filterOf(query: Asked, today: CalendarDate): LoanFilter {
  return {
    ...(query.reference === undefined ? {} : { reference: query.reference }),
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.date_from === undefined ? {} : { dateFrom: dateField(query.date_from) }),
    ...(query.date_to === undefined ? {} : { dateTo: dateField(query.date_to) }),
    ...dueOf(query, today),
    ...(query.without_record_in === undefined
      ? {}
      : { withoutRecordIn: monthField(query.without_record_in) }),
  };
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
        headers: WriteHeaders,
        body: LoanInput,
        response: {
          201: { ...Loan, description: 'The loan; its address is in `Location`.' },
          ...problemResponses(
            ...BODY_PROBLEMS,
            PROBLEMS.termsRefused,
            PROBLEMS.referenceTaken,
            PROBLEMS.idempotencyKeyUsed,
          ),
        },
      },
    },
    async (request, reply) => {
      const { request: asked, fields } = loanRequestOf(request.body, currency);
      const commanded = commandedBy(request);
      const reference = request.body.reference ?? null;
      const faults = fields.faults.length === 0 ? [] : mergedFaults(fields, ledger.quote(asked));
      const answer =
        faults.length > 0
          ? await ledger.refuse({ kind: 'terms-refused', faults }, commanded)
          : await ledger.issueLoan(asked, reference, commanded);
      markReplay(request, reply, answer);
      const { outcome } = answer;
      if (outcome.kind !== 'issued') return sendRefusal(request, reply, outcome, currency);
      return reply
        .code(201)
        .header('location', `/v1/loans/${outcome.loan.id}`)
        .send(loanShape(outcome.loan, currency));
    },
  );

  app.get(
    '/loans',
    {
      schema: {
        operationId: 'listLoans',
        summary: 'Loans, a page at a time',
        description:
          'In the order in which they were recorded; with date_from or date_to by origination date; with days_past_due_min, due_from or due_to by due date. Loans issued while you page neither repeat nor hide any; a payment recorded meanwhile moves its loan to its new due date.',
        tags: ['Loans'],
        querystring: LoansQuery,
        response: { 200: Page(Loan), ...problemResponses(PROBLEMS.invalidRequest) },
      },
    },
    async (request, reply) => {
      const { query } = request;
      const filter = filterOf(query, ledger.today());
      const page = await ledger.loans(filter, query.after ?? null, query.limit ?? PAGE_DEFAULT);
      if (page === undefined) {
        const detail = 'is no cursor of this list';
        const errors = [{ pointer: 'after', detail }];
        return sendProblem(request, reply, PROBLEMS.invalidRequest, `after ${detail}.`, errors);
      }
      return reply.send({ data: page.loans.map((loan) => loanShape(loan, currency)), next: page.next });
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
      if (loan === undefined) return sendRefusal(request, reply, { kind: 'unknown-loan' }, currency);
      return reply.send(loanShape(loan, currency));
    },
  );
}
