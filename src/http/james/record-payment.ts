// POST /loans/:id/payments

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TOTAL_CENTS_MAX } from '../../domain/money.ts';
import { markReplay } from '../idempotency.ts';
import type { SurfaceParts } from '../surface.ts';
import {
  INVALID_JSON,
  KEY_USED,
  NOT_FOUND,
  sendError,
  sendJson,
  sendPaymentRefusal,
} from './james-answers.ts';
import { commandedBy, readJamesBody } from './james-body.ts';
import { FieldReader } from './james-fields.ts';
import { recordPaymentSchema } from './james-schemas.ts';

export function recordPaymentRoute(app: FastifyInstance, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  /** The loan is looked for before anything is said of the body; only then does the fault found count. */
  async function refuse(reply: FastifyReply, id: string, json: string): Promise<FastifyReply> {
    const loan = await ledger.loan(id);
    return loan === undefined ? sendJson(reply, 404, NOT_FOUND) : sendJson(reply, 400, json);
  }

  app.post(
    '/loans/:id/payments',
    { schema: recordPaymentSchema },
    async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
      const { id } = request.params;
      const body = await readJamesBody(request.body);
      if (body === undefined) return refuse(reply, id, JSON.stringify({ error: INVALID_JSON }));
      const fields = new FieldReader(body);
      const payment = fields.oneOf('payment', ['made', 'missed']);
      const date = fields.date('date');
      // A fraction of a minor unit reads as 0, which is no loan's installment: the refusal says what it is.
      const amountCents = fields.positive('amount', {
        decimalPlaces: currency.minorDigits,
        max: TOTAL_CENTS_MAX,
      });
      if (!fields.ok) return refuse(reply, id, JSON.stringify(fields.faults));
      const answer = await ledger.recordPayment({
        loan: { by: 'id', id },
        payment,
        date,
        amountCents,
        ...commandedBy(request),
      });
      markReplay(request, reply, answer);
      const { outcome } = answer;
      switch (outcome.kind) {
        case 'recorded':
          return sendJson(reply, 200, '{"success":"Payment added."}');
        case 'unknown-loan':
          return sendJson(reply, 404, NOT_FOUND);
        case 'payment-refused':
          return sendPaymentRefusal(reply, outcome.refusal, currency);
        case 'key-used':
          return sendError(reply, 422, KEY_USED);
        case 'already-recorded':
        case 'unknown-payment':
        case 'reversal-refused':
          throw new Error(`a James payment was answered with ${outcome.kind}`);
      }
    },
  );
}
