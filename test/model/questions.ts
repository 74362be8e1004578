// Makes a question's description into the request that it means now, with the answer that the model gives to it.

import { pick } from './requests.ts';
import { arrearsShape, type ListFilter, listed, movementsShape, seriesDays } from './slow-answers.ts';
import { dueOn, knownEntries, outstanding, type SlowBank, today } from './slow-bank.ts';
import { type DayNo, dateText } from './slow-calendar.ts';
import type { Verdict } from './slow-decisions.ts';
import { shortMoneyText } from './slow-money.ts';
import { balanceShape, historyShape, loanShape, paymentShape, sumsShape } from './slow-shapes.ts';
import type { Near, Question, SeriesStep, SingleQuestion } from './steps.ts';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly verdict: Verdict;
  /** The known-at date, where it has passed and no later knowledge may change the answer. */
  readonly final?: DayNo;
}

export interface AskedList {
  readonly path: string;
  /** All pages together. */
  readonly data: readonly unknown[];
}

/** Every date that something happens on, in the order in which it came up. */
export function daysThatMatter(bank: SlowBank, at: number): DayNo[] {
  const days = new Set<DayNo>([today(bank, at)]);
  for (const loan of bank.loans) {
    days.add(loan.date);
    for (const { date, recordedOn } of loan.entries) days.add(date).add(recordedOn);
    for (let k = 1; k <= Math.min(loan.term, 6); k++) days.add(dueOn(loan, k));
  }
  return [...days];
}

function daysOfRecording(bank: SlowBank, at: number): DayNo[] {
  const days = bank.loans.flatMap((loan) => loan.entries.map(({ recordedOn }) => recordedOn));
  return [...new Set([today(bank, at), ...days])];
}

export interface Known {
  readonly parameter: Record<string, string>;
  /** What heads the answer; a problem where the date lies ahead. */
  readonly heading: { readonly known_at: string; readonly provisional: boolean; readonly currency: string };
  readonly future: boolean;
  readonly upTo: DayNo;
  readonly final: DayNo | undefined;
}

/** Seen from today's place in the list of days of recording, whose deviations count an eighth. */
export const YESTERDAY: Near = { nth: 0, days: -8 };

export function knownOf(bank: SlowBank, at: number, near: Near | undefined): Known {
  const heading = (day: DayNo, provisional: boolean) => ({
    known_at: dateText(day),
    provisional,
    currency: bank.currency,
  });
  const upTo = Number.POSITIVE_INFINITY;
  const now = today(bank, at);
  if (near === undefined) {
    return { parameter: {}, heading: heading(now, true), future: false, upTo, final: undefined };
  }
  const day = (pick(daysOfRecording(bank, at), near.nth) as DayNo) + Math.trunc(near.days / 8);
  const parameter = { known_at: dateText(day) };
  // On a clock set back, today is over as far as the book goes.
  const latest = Math.max(now, bank.bookDay);
  if (day >= latest) {
    return { parameter, heading: heading(day, true), future: day > latest, upTo, final: undefined };
  }
  bank.bookDay = Math.max(bank.bookDay, day + 1);
  return { parameter, heading: heading(day, false), future: false, upTo: day, final: day };
}

const SPAN_DAYS: Record<SeriesStep, number> = { day: 1, week: 6, month: 15, quarter: 25, year: 35 };

export function query(path: string, parameters: Record<string, string>): string {
  const text = new URLSearchParams(parameters).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** An answer known at a date: 422 where that lies ahead. */
export function answerKnown(
  path: string,
  parameters: Record<string, string>,
  known: Known,
  body: () => Verdict,
  isExplicit = true,
): Asked {
  const verdict: Verdict = known.future ? { status: 422, problem: 'known-at-in-future' } : body();
  const asked = { method: 'GET', path: query(path, { ...parameters, ...known.parameter }), verdict } as const;
  return known.final === undefined || !isExplicit ? asked : { ...asked, final: known.final };
}

/** The question as it is asked now, or undefined where there is nothing to ask about. */
export function drawQuestion(bank: SlowBank, at: number, question: SingleQuestion): Asked | undefined {
  const near = ({ nth, days }: Near): DayNo => (pick(daysThatMatter(bank, at), nth) as DayNo) + days;
  const ok = (body: unknown): Verdict => ({ status: 200, body });

  switch (question.ask) {
    case 'outstanding':
    case 'arrears': {
      const asOf = question.asOf === undefined ? today(bank, at) : near(question.asOf);
      const known = knownOf(bank, at, question.knownAt);
      const parameters: Record<string, string> = question.asOf === undefined ? {} : { as_of: dateText(asOf) };
      const head = { as_of: dateText(asOf), ...known.heading };
      const explicit = question.asOf !== undefined;
      if (question.ask === 'outstanding') {
        const body = () => ok({ ...head, ...sumsShape(bank, outstanding(bank, asOf, known.upTo)) });
        return answerKnown('/v1/book/outstanding', parameters, known, body, explicit);
      }
      const { bounds } = question;
      if (bounds !== undefined) parameters['buckets'] = bounds.join(',');
      const body = () => ok({ ...head, ...arrearsShape(bank, asOf, known.upTo, bounds ?? [30, 60, 90]) });
      return answerKnown('/v1/book/arrears', parameters, known, body, explicit);
    }
    case 'series':
    case 'arrears-series':
    case 'movements': {
      const from = near(question.from);
      const step = question.ask === 'movements' ? 'week' : question.step;
      const to = from + question.span * SPAN_DAYS[step];
      const known = knownOf(bank, at, question.knownAt);
      const parameters: Record<string, string> = { from: dateText(from), to: dateText(to) };
      const head = { from: dateText(from), to: dateText(to), ...known.heading };
      if (question.ask === 'movements') {
        const body = () => ok({ ...head, ...movementsShape(bank, from, to, known.upTo) });
        return answerKnown('/v1/book/movements', parameters, known, body);
      }
      parameters['step'] = step;
      const days = seriesDays(from, to, step);
      const points = (shapeOf: (day: DayNo) => object) =>
        ok({ ...head, step, points: days.map((day) => ({ as_of: dateText(day), ...shapeOf(day) })) });
      if (question.ask === 'series') {
        const body = () => points((day) => sumsShape(bank, outstanding(bank, day, known.upTo)));
        return answerKnown('/v1/book/outstanding/series', parameters, known, body);
      }
      const { bounds } = question;
      parameters['buckets'] = bounds.join(',');
      const body = () => points((day) => arrearsShape(bank, day, known.upTo, bounds));
      return answerKnown('/v1/book/arrears/series', parameters, known, body);
    }
    case 'balance': {
      const loan = pick(bank.loans, question.loan);
      if (loan === undefined) return undefined;
      const asOf = question.asOf === undefined ? today(bank, at) : near(question.asOf);
      const known = knownOf(bank, at, question.knownAt);
      const parameters: Record<string, string> = question.asOf === undefined ? {} : { as_of: dateText(asOf) };
      const body = (): Verdict => {
        const entries = knownEntries(loan, known.upTo);
        if (entries.length === 0) return { status: 404, problem: 'loan-not-found' };
        if (asOf < loan.date) return { status: 422, problem: 'before-loan' };
        return ok({ ...known.heading, ...balanceShape(bank, loan, entries, asOf) });
      };
      const explicit = question.asOf !== undefined;
      return answerKnown(`/v1/loans/${loan.id}/balance`, parameters, known, body, explicit);
    }
    case 'james-balance': {
      const loan = pick(bank.loans, question.loan);
      if (loan === undefined) return undefined;
      const asOf = near(question.asOf);
      const error = `Invalid date, must be later than or equal to ${dateText(loan.date)}.`;
      const { value } = balanceShape(bank, loan, loan.entries, asOf);
      const minor = BigInt(value.replace('.', ''));
      const verdict: Verdict =
        asOf < loan.date
          ? { status: 400, body: { error } }
          : { status: 200, text: `{"balance":${shortMoneyText(minor, bank.digits)}}` };
      const body = `{"date":"${dateText(asOf)}"}`;
      return { method: 'POST', path: `/loans/${loan.id}/balance`, body, verdict };
    }
    case 'loan': {
      const loan = pick(bank.loans, question.loan);
      if (loan === undefined) return undefined;
      return { method: 'GET', path: `/v1/loans/${loan.id}`, verdict: ok(loanShape(bank, loan)) };
    }
  }
}

/** A list as it is asked now, page by page. */
export function drawList(
  bank: SlowBank,
  at: number,
  question: Question & { ask: 'payments' | 'history' | 'list' },
): AskedList | undefined {
  if (question.ask !== 'list') {
    const loan = pick(bank.loans, question.loan);
    if (loan === undefined) return undefined;
    if (question.ask === 'history') {
      return { path: `/v1/loans/${loan.id}/history?limit=4`, data: historyShape(loan) };
    }
    const payments = loan.entries.filter(({ kind }) => kind === 'made' || kind === 'missed');
    const shapes = payments.map((entry) => paymentShape(bank, loan, entry));
    // By month; in which order those of one month stand is nowhere promised, so the comparison sorts them by id.
    return {
      path: `/v1/loans/${loan.id}/payments?limit=3`,
      data: shapes.sort((a, b) => (`${a.month} ${a.id}` < `${b.month} ${b.id}` ? -1 : 1)),
    };
  }
  const near = (point: Near | undefined): DayNo | undefined =>
    point === undefined ? undefined : (pick(daysThatMatter(bank, at), point.nth) as DayNo) + point.days;
  const { status, daysPastDueMin } = question;
  const reference = question.reference === undefined ? undefined : `B-${question.reference}`;
  const dateFrom = near(question.dateFrom);
  const dateTo = near(question.dateTo);
  const filter: ListFilter = {
    ...(status === undefined ? {} : { status }),
    ...(reference === undefined ? {} : { reference }),
    ...(dateFrom === undefined ? {} : { dateFrom }),
    ...(dateTo === undefined ? {} : { dateTo }),
    ...(daysPastDueMin === undefined ? {} : { daysPastDueMin }),
  };
  const parameters: Record<string, string> = { limit: String(question.limit) };
  if (status !== undefined) parameters['status'] = status;
  if (reference !== undefined) parameters['reference'] = reference;
  if (dateFrom !== undefined) parameters['date_from'] = dateText(dateFrom);
  if (dateTo !== undefined) parameters['date_to'] = dateText(dateTo);
  if (daysPastDueMin !== undefined) parameters['days_past_due_min'] = String(daysPastDueMin);
  const loans = listed(bank, filter, today(bank, at));
  return { path: query('/v1/loans', parameters), data: loans.map((loan) => loanShape(bank, loan)) };
}
