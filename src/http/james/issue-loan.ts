// POST /loans

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type LoanRequest, TERM_MAX, type TermsReason } from '../../domain/loan.ts';
import { AMOUNT_CENTS_MAX, type Currency, formatMoneyShort } from '../../domain/money.ts';
import { RATE_DECIMAL_PLACES, RATE_MAX } from '../../domain/rate.ts';
import { markReplay } from '../idempotency.ts';
import type { SurfaceParts } from '../surface.ts';
import { INVALID_JSON, KEY_USED, sendError, sendJson } from './james-answers.ts';
import { commandedBy, readJamesBody } from './james-body.ts';
import { FieldReader, NOT_POSITIVE, TOO_LARGE, TOO_SMALL_FOR_TERM } from './james-fields.ts';
import { issueLoanSchema } from './james-schemas.ts';

const REASONS: Record<TermsReason, string> = {
  'too-large': TOO_LARGE,
  'not-positive': NOT_POSITIVE,
  'too-small-for-term': TOO_SMALL_FOR_TERM,
  'below-amount': TOO_SMALL_FOR_TERM,
  // These two are found while the fields are read.
  'too-precise': TOO_LARGE,
  'other-currency': TOO_LARGE,
};

/** Reads the loan that is asked for; its faults are in the reader. */
export function readLoanRequest(fields: FieldReader, currency: Currency): LoanRequest {
  const { minorDigits } = currency;
  return {
    amountCents: fields.positive('amount', {
      decimalPlaces: minorDigits,
      max: AMOUNT_CENTS_MAX,
      tooPrecise: () => `Value must have at most ${minorDigits} decimal places`,
    }),
    term: Number(
      fields.positive('term', {
        decimalPlaces: 0,
        max: BigInt(TERM_MAX),
        tooPrecise: (written) => `"${written}" is not a whole number`,
      }),
    ),
    rate: fields.positive('rate', {
      decimalPlaces: RATE_DECIMAL_PLACES,
      max: RATE_MAX,
      tooPrecise: () => `Value must have at most ${RATE_DECIMAL_PLACES} decimal places`,
    }),
    date: fields.date('date'),
  };
}

export function issueLoanRoute(app: FastifyInstance, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.post('/loans', { schema: issueLoanSchema }, async (request: FastifyRequest, reply: FastifyReply) => {
    const body = await readJamesBody(request.body);
    if (body === undefined) return sendError(reply, 400, INVALID_JSON);
    const fields = new FieldReader(body);
    const asked = readLoanRequest(fields, currency);
    if (!fields.ok) return sendJson(reply, 400, JSON.stringify(fields.faults));
    const answer = await ledger.issueLoan(asked, null, commandedBy(request));
    markReplay(request, reply, answer);
    const { outcome } = answer;
    switch (outcome.kind) {
      case 'issued': {
        const { id, terms } = outcome.loan;
        const installment = formatMoneyShort(terms.installmentCents, currency);
        return sendJson(reply, 200, `{"loan_id":"${id}","installment":${installment}}`);
      }
      case 'terms-refused': {
        const faults = outcome.faults.map(({ field, reason }) => [field, REASONS[reason]]);
        return sendJson(reply, 400, JSON.stringify(Object.fromEntries(faults)));
      }
      case 'key-used':
        return sendError(reply, 422, KEY_USED);
      case 'reference-taken':
      case 'already-recorded':
        throw new Error('a loan without a reference was not issued');
    }
  });
}
