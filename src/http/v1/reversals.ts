// POST /v1/payments/:id/reversal, POST /v1/loans/:id/reversal

import { Type } from 'typebox';
import { markReplay } from '../idempotency.ts';
import { PROBLEMS } from '../problem.ts';
import type { SurfaceParts } from '../surface.ts';
import { commandedBy, WriteHeaders } from './commanded.ts';
import { Loan, RecordedAt } from './loan-schemas.ts';
import { PaymentFields, PaymentPath } from './payments.ts';
import { BODY_PROBLEMS, problemResponses } from './problem-responses.ts';
import { Id, LoanPath } from './schemas.ts';
import type { V1App } from './v1-app.ts';
import { sendRefusal } from './v1-refusals.ts';
import { loanShape, paymentShape } from './v1-shapes.ts';

const ReversalInput = Type.Object(
  {
    reason: Type.Optional(
      Type.Union([Type.String({ format: 'reason', minLength: 1, maxLength: 500 }), Type.Null()], {
        description: 'Why it is taken back; kept in the history.',
        examples: ['returned by the customer’s bank'],
      }),
    ),
  },
  { additionalProperties: false },
);

const Reversal = Type.Object(
  {
    id: Id("The reversal's own id."),
    reason: Type.Union([Type.String(), Type.Null()]),
    recorded_at: RecordedAt,
  },
  { description: 'The record that took it back.' },
);

interface Reversed {
  readonly id: string;
  readonly reason: string | null;
  readonly recording: { readonly at: number };
}

function reversalShape({ id, reason, recording }: Reversed) {
  return { id, reason, recorded_at: new Date(recording.at).toISOString() };
}

export function reversalRoutes(app: V1App, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;
  /** A reversal needs no body. */
  const withoutBody = async (request: { body: unknown }): Promise<void> => {
    if (request.body === undefined) request.body = {};
  };

  app.post(
    '/payments/:id/reversal',
    {
      config: { bodyOptional: true },
      preValidation: withoutBody,
      schema: {
        operationId: 'reversePayment',
        summary: 'Take a payment record back',
        description:
          'The month is free again, a paid-off loan is open again, and the record stays visible with `reversed_at`.',
        tags: ['Payments'],
        headers: WriteHeaders,
        params: PaymentPath,
        body: ReversalInput,
        response: {
          201: Type.Object(
            { ...PaymentFields, reversal: Reversal },
            { description: 'The payment record, reversed.' },
          ),
          ...problemResponses(
            ...BODY_PROBLEMS,
            PROBLEMS.paymentNotFound,
            PROBLEMS.alreadyReversed,
            PROBLEMS.idempotencyKeyUsed,
          ),
        },
      },
    },
    async (request, reply) => {
      const paymentId = request.params.id;
      const reason = request.body.reason ?? null;
      const answer = await ledger.reversePayment({ paymentId, reason, ...commandedBy(request) });
      markReplay(request, reply, answer);
      const { outcome } = answer;
      if (outcome.kind !== 'payment-reversed') return sendRefusal(request, reply, outcome, currency);
      // A reversed record never changes again, so it can be read after the commit, and on a replay too.
      const found = await ledger.payment(paymentId);
      if (found === undefined) throw new Error('a reversed payment is gone');
      return reply.code(201).send({
        ...paymentShape(found.payment, found.loan.terms.installmentCents, currency),
        reversal: reversalShape(outcome.reversal),
      });
    },
  );

  app.post(
    '/loans/:id/reversal',
    {
      config: { bodyOptional: true },
      preValidation: withoutBody,
      schema: {
        operationId: 'reverseLoan',
        summary: 'Take a loan back that was issued by mistake',
        description: 'Refused while any payment record counts. Its reference stays taken.',
        tags: ['Loans'],
        headers: WriteHeaders,
        params: LoanPath,
        body: ReversalInput,
        response: {
          201: Type.Object(
            { ...Loan.properties, reversal: Reversal },
            { description: 'The loan, reversed.' },
          ),
          ...problemResponses(
            ...BODY_PROBLEMS,
            PROBLEMS.loanNotFound,
            PROBLEMS.alreadyReversed,
            PROBLEMS.loanHasPayments,
            PROBLEMS.idempotencyKeyUsed,
          ),
        },
      },
    },
    async (request, reply) => {
      const loanId = request.params.id;
      const reason = request.body.reason ?? null;
      const answer = await ledger.reverseLoan({ loanId, reason, ...commandedBy(request) });
      markReplay(request, reply, answer);
      const { outcome } = answer;
      if (outcome.kind !== 'loan-reversed') return sendRefusal(request, reply, outcome, currency);
      const loan = await ledger.loan(loanId);
      if (loan === undefined) throw new Error('a reversed loan is gone');
      return reply
        .code(201)
        .send({ ...loanShape(loan, currency), reversal: reversalShape(outcome.reversal) });
    },
  );
}
