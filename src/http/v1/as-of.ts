// The dates that a question asks about: as of an effective date, as known on a recorded date.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { type CalendarDate, formatDate } from '../../domain/calendar-date.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { PROBLEMS, sendProblem } from '../problem.ts';
import { DateInput } from './schemas.ts';
import { dateField } from './v1-fields.ts';

export const KnownAtParameter = {
  known_at: Type.Optional(
    DateInput(
      "The recorded date up to which records count; not in the future. Left out: everything known now. The answer for a date that has passed never changes again; today's is provisional.",
    ),
  ),
};

export const AsOfQuery = Type.Object(
  {
    as_of: Type.Optional(
      DateInput("The effective date; today in the bank's time zone unless given. It may lie in the future."),
    ),
    ...KnownAtParameter,
  },
  { additionalProperties: false },
);

export interface KnownAt {
  /** What is echoed. */
  readonly knownAt: CalendarDate;
  /** What is asked for; undefined: everything known now. */
  readonly asked: CalendarDate | undefined;
}

/** The known-at date of a query; sends the problem and returns undefined where it lies in the future. */
export async function knownAtOf(
  ledger: Ledger,
  query: { readonly known_at?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<KnownAt | undefined> {
  if (query.known_at === undefined) return { knownAt: ledger.today(), asked: undefined };
  const knownAt = dateField(query.known_at);
  // Whatever another process's clock says, this date has passed: the database need not be asked.
  if (knownAt < ledger.today()) return { knownAt, asked: knownAt };
  const today = await ledger.knownToday();
  if (knownAt > today) {
    const detail = `must not be after today, ${formatDate(today)}`;
    sendProblem(request, reply, PROBLEMS.knownAtInFuture, `known_at ${detail}.`, [
      { pointer: 'known_at', detail },
    ]);
    return undefined;
  }
  return { knownAt, asked: knownAt < today ? knownAt : undefined };
}

/** Both dates of a query; sends the problem and returns undefined where known_at lies in the future. */
export async function asOfOf(
  ledger: Ledger,
  query: Static<typeof AsOfQuery>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<(KnownAt & { readonly asOf: CalendarDate }) | undefined> {
  const known = await knownAtOf(ledger, query, request, reply);
  if (known === undefined) return undefined;
  return { ...known, asOf: query.as_of === undefined ? ledger.today() : dateField(query.as_of) };
}

/** A loan has no balance before its date. */
export function sendBeforeLoan(
  request: FastifyRequest,
  reply: FastifyReply,
  loanDate: CalendarDate,
): FastifyReply {
  const date = formatDate(loanDate);
  return sendProblem(request, reply, PROBLEMS.beforeLoan, `The loan is of ${date}.`, [
    { pointer: 'as_of', detail: `must not be before ${date}` },
  ]);
}
