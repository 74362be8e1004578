// POST /loans/:id/balance

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatDate } from '../../domain/calendar-date.ts';
import { formatMoneyShort } from '../../domain/money.ts';
import type { SurfaceParts } from '../surface.ts';
import { INVALID_JSON, NOT_FOUND, sendError, sendJson } from './james-answers.ts';
import { readJamesBody } from './james-body.ts';
import { FieldReader } from './james-fields.ts';
import { askBalanceSchema } from './james-schemas.ts';

export function askBalanceRoute(app: FastifyInstance, { ledger }: SurfaceParts): void {
  const { currency } = ledger.bank;

  app.post(
    '/loans/:id/balance',
    { config: { role: 'viewer' }, schema: askBalanceSchema },
    async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
      const { id } = request.params;
      const body = await readJamesBody(request.body);
      const fields = new FieldReader(body ?? {});
      const asOf = fields.date('date');
      if (body === undefined || !fields.ok) {
        if ((await ledger.loan(id)) === undefined) return sendJson(reply, 404, NOT_FOUND);
        return body === undefined
          ? sendError(reply, 400, INVALID_JSON)
          : sendJson(reply, 400, JSON.stringify(fields.faults));
      }
      const answer = await ledger.balance(id, asOf);
      switch (answer.kind) {
        case 'balance':
          return sendJson(reply, 200, `{"balance":${formatMoneyShort(answer.balance.valueCents, currency)}}`);
        case 'unknown-loan':
          return sendJson(reply, 404, NOT_FOUND);
        case 'before-loan':
          return sendError(
            reply,
            400,
            `Invalid date, must be later than or equal to ${formatDate(answer.loanDate)}.`,
          );
      }
    },
  );
}
