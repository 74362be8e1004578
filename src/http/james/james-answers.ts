// Answers of the James surface. Numbers are written from minor units, digit by digit: a double would print some of
// them wrong.

import type { FastifyReply } from 'fastify';
import { formatDate } from '../../domain/calendar-date.ts';
import { type Currency, formatMoneyShort } from '../../domain/money.ts';
import type { PaymentRefusal } from '../../domain/payment.ts';

/** Sends a JSON text as it is. As bytes, because Fastify adds a charset to the content type of texts. */
export function sendJson(reply: FastifyReply, status: number, json: string): FastifyReply {
  return reply.code(status).header('content-type', 'application/json').send(Buffer.from(json));
}

export function sendError(reply: FastifyReply, status: number, error: string): FastifyReply {
  return sendJson(reply, status, JSON.stringify({ error }));
}

export const NOT_FOUND = '{}';
export const FORBIDDEN = '{}';
export const KEY_USED = 'Idempotency-Key already used.';
export const INVALID_KEY = 'Invalid Idempotency-Key.';
export const TOO_MANY = 'Too many requests.';
export const INVALID_JSON = 'Invalid JSON.';

/** The original's answer to a payment that is not taken. */
export function sendPaymentRefusal(
  reply: FastifyReply,
  refusal: PaymentRefusal,
  currency: Currency,
): FastifyReply {
  switch (refusal.reason) {
    case 'before-loan':
      return sendError(
        reply,
        400,
        `Invalid payment date, must be later than or equal to ${formatDate(refusal.loanDate)}.`,
      );
    case 'wrong-amount':
      return sendError(
        reply,
        400,
        `Invalid amount, must be $${formatMoneyShort(refusal.installmentCents, currency)}.`,
      );
    case 'duplicate':
      return sendError(reply, 409, 'Duplicated payment.');
    case 'other-currency':
      throw new Error('a James payment names no currency');
    case 'loan-reversed':
      return sendError(reply, 409, 'Loan is reversed.');
    case 'paid-off':
      return sendError(reply, 409, 'Loan is already paid off.');
  }
}
