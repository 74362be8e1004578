// The James surface without a ledger behind it: each route does all that James's own does before it asks the ledger
// (authorization, body, fields, terms) and answers at once. It is written out, and not James's routes over a ledger
// that does nothing, so that whatever those routes gain later shows in the ratio.

import type { FastifyInstance } from 'fastify';
import type { LoanTerms } from '../src/domain/loan.ts';
import { formatMoneyShort, TOTAL_CENTS_MAX } from '../src/domain/money.ts';
import { readLoanRequest } from '../src/http/james/issue-loan.ts';
import { INVALID_JSON, sendError, sendJson } from '../src/http/james/james-answers.ts';
import { authorizeJames } from '../src/http/james/james-authorization.ts';
import { readJamesBody } from '../src/http/james/james-body.ts';
import { FieldReader } from '../src/http/james/james-fields.ts';
import { askBalanceSchema, issueLoanSchema, recordPaymentSchema } from '../src/http/james/james-schemas.ts';
import type { SurfaceParts } from '../src/http/surface.ts';

const LOAN_ID = '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a';
const BALANCE_CENTS = 12_345_678n;

export interface EchoParts extends SurfaceParts {
  /** Called with each loan before its answer. */
  readonly record: (terms: LoanTerms) => void;
}

export async function echoRoutes(
  app: FastifyInstance,
  { ledger, authorization, record }: EchoParts,
): Promise<void> {
  const { currency } = ledger.bank;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  authorizeJames(app, { authorization });

  app.post('/loans', { schema: issueLoanSchema }, async (request, reply) => {
    const body = await readJamesBody(request.body);
    if (body === undefined) return sendError(reply, 400, INVALID_JSON);
    const fields = new FieldReader(body);
    const asked = readLoanRequest(fields, currency);
    if (!fields.ok) return sendJson(reply, 400, JSON.stringify(fields.faults));
    const decision = ledger.quote(asked);
    if (!decision.ok) return sendJson(reply, 400, JSON.stringify(decision.faults));
    record(decision.terms);
    const installment = formatMoneyShort(decision.terms.installmentCents, currency);
    return sendJson(reply, 200, `{"loan_id":"${LOAN_ID}","installment":${installment}}`);
  });

  app.post('/loans/:id/payments', { schema: recordPaymentSchema }, async (request, reply) => {
    const body = await readJamesBody(request.body);
    if (body === undefined) return sendError(reply, 400, INVALID_JSON);
    const fields = new FieldReader(body);
    fields.oneOf('payment', ['made', 'missed']);
    fields.date('date');
    fields.positive('amount', { decimalPlaces: currency.minorDigits, max: TOTAL_CENTS_MAX });
    if (!fields.ok) return sendJson(reply, 400, JSON.stringify(fields.faults));
    return sendJson(reply, 200, '{"success":"Payment added."}');
  });

  app.post('/loans/:id/balance', { schema: askBalanceSchema }, async (request, reply) => {
    const body = await readJamesBody(request.body);
    const fields = new FieldReader(body ?? {});
    fields.date('date');
    if (body === undefined) return sendError(reply, 400, INVALID_JSON);
    if (!fields.ok) return sendJson(reply, 400, JSON.stringify(fields.faults));
    return sendJson(reply, 200, `{"balance":${formatMoneyShort(BALANCE_CENTS, currency)}}`);
  });
}
