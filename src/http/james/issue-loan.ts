// POST /loans

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type LoanRequest, TERM_MAX, type TermsReason } from '../../domain/loan.ts';
import { AMOUNT_CENTS_MAX, type Currency, formatMoneyShort } from '../../domain/money.ts';
import { RATE_DECIMAL_PLACES, RATE_MAX } from '../../domain/rate.ts';
import { originOf, type SurfaceParts } from '../surface.ts';
import { INVALID_JSON, sendError, sendJson } from './james-answers.ts';
import { readJamesBody } from './james-body.ts';
import { FieldReader, NOT_POSITIVE, TOO_LARGE, TOO_SMALL_FOR_TERM } from './james-fields.ts';
import { issueLoanSchema } from './james-schemas.ts';

const REASONS: Record<TermsReason, string> = {
  'too-large': TOO_LARGE,
  'not-positive': NOT_POSITIVE,
  'too-small-for-term': TOO_SMALL_FOR_TERM,
  'below-amount': TOO_SMALL_FOR_TERM,
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
    const decision = ledger.quote(asked);
    if (!decision.ok) {
      const faults = decision.faults.map(({ field, reason }) => [field, REASONS[reason]]);
      return sendJson(reply, 400, JSON.stringify(Object.fromEntries(faults)));
    }
    const outcome = await ledger.issueLoan(decision.terms, null, originOf(request));
    if (outcome.kind !== 'issued') throw new Error('a loan without a reference was not issued');
    const { id, terms } = outcome.loan;
    const installment = formatMoneyShort(terms.installmentCents, currency);
    return sendJson(reply, 200, `{"loan_id":"${id}","installment":${installment}}`);
  });
}
