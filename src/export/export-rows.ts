// An export's rows from a snapshot: pages of records in, pages of rows out. What only follows from a loan's records (its
// status, its days past due) is decided here, loan by loan.

import type { CalendarDate } from '../domain/calendar-date.ts';
import type { Snapshot, SnapshotTable } from '../store/export-snapshot.ts';
import type { Column, Row } from './export-columns.ts';
import type { BookQuestion, ExportQuestion, LoansQuestion, PaymentsQuestion } from './export-question.ts';
import {
  bookColumns,
  bookRow,
  loanBalance,
  loanColumns,
  loanRow,
  paymentColumns,
  paymentRow,
} from './export-tables.ts';

export interface RowPage {
  /** May be empty: nothing of the page was asked for. */
  readonly rows: readonly Row[];
  /** How many rows of the table were looked at for it. */
  readonly lookedAt: number;
}

export const SNAPSHOT_TABLES: Record<ExportQuestion['table'], SnapshotTable> = {
  loans: 'loans',
  payments: 'payments',
  book: 'changes',
};

export function columnsOf({ table, currency }: ExportQuestion): Column[] {
  const make = { loans: loanColumns, payments: paymentColumns, book: bookColumns }[table];
  return make(currency);
}

function dates({ dateFrom, dateTo }: { dateFrom?: CalendarDate; dateTo?: CalendarDate }) {
  return { ...(dateFrom === undefined ? {} : { dateFrom }), ...(dateTo === undefined ? {} : { dateTo }) };
}

async function* loanPages(snapshot: Snapshot, question: LoansQuestion): AsyncGenerator<RowPage> {
  const { asOf, knownAt, reference, status, daysPastDueMin, currency } = question;
  const reversed = question.reversed || status === 'reversed';
  const asked = {
    asOf,
    knownAt,
    reversed,
    ...(reference === undefined ? {} : { reference }),
    ...dates(question),
  };
  for await (const page of snapshot.loans(asked)) {
    const rows: Row[] = [];
    for (const found of page) {
      const balance = loanBalance(found, asOf);
      if (status !== undefined && balance.status !== status) continue;
      if (
        daysPastDueMin !== undefined &&
        (balance.status !== 'active' || balance.daysPastDue < daysPastDueMin)
      )
        continue;
      rows.push(loanRow(found, balance, currency));
    }
    yield { rows, lookedAt: page.length };
  }
}

async function* paymentPages(snapshot: Snapshot, question: PaymentsQuestion): AsyncGenerator<RowPage> {
  const { asOf, knownAt, reversed, reference, loanId, kind, currency } = question;
  const asked = {
    asOf,
    knownAt,
    reversed,
    ...(reference === undefined ? {} : { reference }),
    ...(loanId === undefined ? {} : { loanId }),
    ...(kind === undefined ? {} : { kind }),
    ...dates(question),
  };
  for await (const page of snapshot.payments(asked)) {
    yield { rows: page.map((found) => paymentRow(found, currency)), lookedAt: page.length };
  }
}

async function* bookPages(snapshot: Snapshot, question: BookQuestion): AsyncGenerator<RowPage> {
  const { asOf, knownAt, daysPastDueMin, currency } = question;
  const late = daysPastDueMin === undefined || daysPastDueMin === 0 ? undefined : asOf - daysPastDueMin;
  const asked = {
    asOf,
    knownAt,
    ...(late === undefined ? {} : { dueOnOrBefore: late }),
    ...dates(question),
  };
  for await (const page of snapshot.changes(asked)) {
    yield { rows: page.map((change) => bookRow(change, asOf, currency)), lookedAt: page.length };
  }
}

export function rowPages(snapshot: Snapshot, question: ExportQuestion): AsyncGenerator<RowPage> {
  switch (question.table) {
    case 'loans':
      return loanPages(snapshot, question);
    case 'payments':
      return paymentPages(snapshot, question);
    case 'book':
      return bookPages(snapshot, question);
  }
}
