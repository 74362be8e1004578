// What /v1 says of each outcome that is no success: one place where refusals become problems.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDate, formatMonth } from '../../domain/calendar-date.ts';
import { type Currency, formatMoney } from '../../domain/money.ts';
import type { PaymentRefusal } from '../../domain/payment.ts';
import type { ReversalRefusal } from '../../domain/reversal.ts';
import type { Outcome } from '../../ledger/commands.ts';
import { type FieldError, PROBLEMS, type ProblemType, sendProblem } from '../problem.ts';
import { describe, termsErrors } from './v1-fields.ts';

interface Refused {
  readonly problem: ProblemType;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

function paymentRefused(refusal: PaymentRefusal, currency: Currency): Refused {
  switch (refusal.reason) {
    case 'other-currency': {
      const detail = `is not the bank's currency, ${currency.code}`;
      const errors = [{ pointer: '/currency', detail }];
      return { problem: PROBLEMS.wrongAmount, detail: `currency ${detail}.`, errors };
    }
    case 'loan-reversed':
      return { problem: PROBLEMS.loanReversed, detail: 'The loan takes no payments any more.' };
    case 'before-loan': {
      const date = formatDate(refusal.loanDate);
      const errors = [{ pointer: '/date', detail: `must not be before ${date}` }];
      return { problem: PROBLEMS.beforeLoan, detail: `The loan is of ${date}.`, errors };
    }
    case 'wrong-amount': {
      const installment = formatMoney(refusal.installmentCents, currency);
      const errors = [{ pointer: '/amount', detail: `must be ${installment}` }];
      const detail = `The installment is ${installment} ${currency.code}.`;
      return { problem: PROBLEMS.wrongAmount, detail, errors };
    }
    case 'duplicate':
      return {
        problem: PROBLEMS.duplicatePayment,
        detail: `${formatMonth(refusal.month)} has a record already.`,
      };
    case 'paid-off':
      return { problem: PROBLEMS.paidOff, detail: 'All installments of the loan are made.' };
  }
}

function reversalRefused({ reason }: ReversalRefusal): Refused {
  return reason === 'already-reversed'
    ? { problem: PROBLEMS.alreadyReversed, detail: 'It was taken back before.' }
    : { problem: PROBLEMS.loanHasPayments, detail: 'Reverse the payment records of the loan first.' };
}

type Success = 'issued' | 'recorded' | 'payment-reversed' | 'loan-reversed';

function refused(outcome: Exclude<Outcome, { kind: Success }>, currency: Currency): Refused {
  switch (outcome.kind) {
    case 'terms-refused': {
      const errors = termsErrors(outcome.faults, currency);
      return { problem: PROBLEMS.termsRefused, detail: describe(errors), errors };
    }
    case 'reference-taken':
      return {
        problem: PROBLEMS.referenceTaken,
        detail: `Loan ${outcome.by} has the reference already.`,
        errors: [{ pointer: '/reference', detail: 'is taken' }],
      };
    case 'unknown-loan':
      return { problem: PROBLEMS.loanNotFound, detail: 'There is no loan with this id.' };
    case 'unknown-payment':
      return { problem: PROBLEMS.paymentNotFound, detail: 'There is no payment record with this id.' };
    case 'payment-refused':
      return paymentRefused(outcome.refusal, currency);
    case 'reversal-refused':
      return reversalRefused(outcome.refusal);
    case 'key-used':
      return {
        problem: PROBLEMS.idempotencyKeyUsed,
        detail: 'The key came with another method, path or body before.',
      };
    case 'already-recorded':
    case 'passed':
      throw new Error(`a request was answered with ${outcome.kind}`);
  }
}

/** Answers a request whose command was not accepted. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: Exclude<Outcome, { kind: Success }>,
  currency: Currency,
): FastifyReply {
  const { problem, detail, errors } = refused(outcome, currency);
  return sendProblem(request, reply, problem, detail, errors);
}
