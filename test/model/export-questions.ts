// Makes the description of an export into the request that it means now, with the rows that the model gives to it.

import { type Asked, answerKnown, daysThatMatter, knownOf } from './questions.ts';
import { pick } from './requests.ts';
import { type SlowBank, today } from './slow-bank.ts';
import { type DayNo, dateText } from './slow-calendar.ts';
import { bookRows, type ExportFilter, loanRows, paymentRows } from './slow-exports.ts';
import type { ExportQuestion, Near } from './steps.ts';

const TAKES: Record<ExportQuestion['table'], readonly string[]> = {
  loans: ['include_reversed', 'reference', 'status', 'date_from', 'date_to', 'days_past_due_min'],
  payments: ['include_reversed', 'reference', 'payment', 'date_from', 'date_to'],
  book: ['date_from', 'date_to', 'days_past_due_min'],
};

const ROWS = { loans: loanRows, payments: paymentRows, book: bookRows };

/** The export as NDJSON, as it is asked now; its verdict's body is the list of its rows (by id, where they have one). */
export function drawExport(bank: SlowBank, at: number, question: ExportQuestion): Asked {
  const { table } = question;
  const day = (point: Near | undefined): DayNo | undefined =>
    point === undefined ? undefined : (pick(daysThatMatter(bank, at), point.nth) as DayNo) + point.days;
  const asOf = day(question.asOf);
  const [dateFrom, dateTo] = [day(question.dateFrom), day(question.dateTo)];
  const reference = question.reference === undefined ? undefined : `B-${question.reference}`;
  const filters = {
    include_reversed: question.reversed ? 'true' : undefined,
    reference,
    status: question.status,
    payment: question.kind,
    date_from: dateFrom === undefined ? undefined : dateText(dateFrom),
    date_to: dateTo === undefined ? undefined : dateText(dateTo),
    days_past_due_min: question.daysPastDueMin === undefined ? undefined : String(question.daysPastDueMin),
  };
  const given = Object.entries(filters).filter(
    ([name, value]) => TAKES[table].includes(name) && value !== undefined,
  );
  const parameters: Record<string, string> = { format: 'ndjson', ...Object.fromEntries(given) };
  if (asOf !== undefined) parameters['as_of'] = dateText(asOf);
  const known = knownOf(bank, at, question.knownAt);
  const filter: ExportFilter = {
    asOf: asOf ?? today(bank, at),
    upTo: known.upTo,
    reversed: question.reversed,
    ...(reference === undefined ? {} : { reference }),
    ...(question.status === undefined ? {} : { status: question.status }),
    ...(question.kind === undefined ? {} : { kind: question.kind }),
    ...(dateFrom === undefined ? {} : { dateFrom }),
    ...(dateTo === undefined ? {} : { dateTo }),
    ...(question.daysPastDueMin === undefined ? {} : { daysPastDueMin: question.daysPastDueMin }),
  };
  const body = () => ({ status: 200, body: ROWS[table](bank, filter) }) as const;
  return answerKnown(`/v1/exports/${table}`, parameters, known, body, asOf !== undefined);
}
