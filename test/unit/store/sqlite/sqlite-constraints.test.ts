// The database guards itself: rows that no James may write are refused by SQLite, whoever puts them in.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import Database from 'better-sqlite3';
import { DATE_MAX, DATE_MIN, monthOf } from '../../../../src/domain/calendar-date.ts';
import { openConnection } from '../../../../src/store/sqlite/sqlite-connection.ts';
import { byReference, issue, pay } from '../../../support/ledger-commands.ts';
import { sqliteLedger, TODAY } from '../../../support/temporary-database.ts';

type Row = Record<string, unknown>;

interface Hand {
  /** The one good row that is there. */
  readonly row: (table: string) => Row;
  readonly insert: (table: string, row: Row) => void;
  readonly run: (statement: string) => void;
}

/** A database with one loan and one made payment, open to a hand that writes past James. */
async function byHand(work: (hand: Hand) => void): Promise<void> {
  await using ledger = await sqliteLedger();
  await ledger.execute([issue('LC-1'), pay(byReference('LC-1'), TODAY)]);
  const connection = openConnection(ledger.file, { create: false });
  try {
    work({
      row: (table) => connection.prepare<[], Row>(`SELECT * FROM ${table}`).get() as Row,
      insert: (table, row) => {
        const columns = Object.keys(row);
        const places = columns.map((column) => `:${column}`);
        connection
          .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`)
          .run(row);
      },
      run: (statement) => connection.exec(statement),
    });
  } finally {
    connection.close();
  }
}

/** A loan like the one that is there, under a number, an id and a reference of its own. */
function otherLoan(hand: Hand): Row {
  return { ...hand.row('loan'), no: null, id: randomBytes(16), reference: null };
}

/** A payment like the one that is there, of the next month. */
function otherPayment(hand: Hand): Row {
  return { ...hand.row('payment'), id: randomBytes(16), month: monthOf(TODAY) + 1 };
}

function assertRefused(what: string, code: RegExp, write: () => void): void {
  assert.throws(
    write,
    (error) => error instanceof Database.SqliteError && code.test(error.code),
    `${what} was not refused`,
  );
}

describe('a loan put in by hand', () => {
  test('within all limits is taken: refusals below are of what differs', async () => {
    await byHand((hand) => hand.insert('loan', otherLoan(hand)));
  });

  const BAD: readonly Row[] = [
    { id: Buffer.alloc(15) },
    { id: 'sixteen-letters!' },
    { id: null },
    { reference: '' },
    { reference: 'x'.repeat(101) },
    { amount: 0 },
    { amount: -1 },
    { amount: 1_000_000_000_000_000 },
    { amount: 0.5 },
    { amount: 'much' },
    { amount: null },
    { rate: -1 },
    { rate: 1_000_000_000_001 },
    { term: 0, payments_made: 0 },
    { term: 1_201 },
    { date: DATE_MIN - 1 },
    { date: DATE_MAX + 1 },
    { date: '2017-08-05' },
    { installment: 0 },
    { installment: -1 },
    // 12 installments of it pass 2^53 − 1.
    { installment: 750_599_937_895_083 },
    { payments_made: -1 },
    { payments_made: 13 },
    // Paid off with something due next, and the other way round.
    { payments_made: 12 },
    { next_due_on: null },
    // Taken back with something due next, with payments that count, and on no date or at no instant.
    { payments_made: 0, reversed_at: 0, reversed_on: TODAY },
    { next_due_on: null, reversed_at: 0, reversed_on: TODAY },
    { payments_made: 0, next_due_on: null, reversed_on: TODAY },
    { payments_made: 0, reversed_at: 0 },
    { record_count: 0 },
    { record_count: null },
    { recorded_at: null },
    { recorded_on: null },
    { request_id: null },
    { recorded_by: null },
  ];
  test('is refused with any one value beyond its limits', async () => {
    await byHand((hand) => {
      for (const change of BAD) {
        const row = { ...otherLoan(hand), ...change };
        assertRefused(inspect(change), /^SQLITE_CONSTRAINT/, () => hand.insert('loan', row));
      }
    });
  });

  test('is refused with the id or the reference of another', async () => {
    await byHand((hand) => {
      const { id, reference } = hand.row('loan');
      for (const change of [{ id }, { reference }]) {
        const row = { ...otherLoan(hand), ...change };
        assertRefused(inspect(change), /^SQLITE_CONSTRAINT_UNIQUE$/, () => hand.insert('loan', row));
      }
    });
  });

  test('with a total at the limit is taken', async () => {
    await byHand((hand) => {
      const row = { ...otherLoan(hand), term: 1, payments_made: 0, installment: 2 ** 53 - 1 };
      hand.insert('loan', row);
    });
  });

  test('that was taken back is taken, with nothing due and no payment that counts', async () => {
    await byHand((hand) => {
      const reversed = { payments_made: 0, next_due_on: null, reversed_at: 0, reversed_on: TODAY };
      hand.insert('loan', { ...otherLoan(hand), ...reversed });
    });
  });
});

describe('a payment put in by hand', () => {
  test('within all limits is taken: refusals below are of what differs', async () => {
    await byHand((hand) => hand.insert('payment', otherPayment(hand)));
  });

  test('is refused in a month that has one that counts, and taken beside a reversed one', async () => {
    await byHand((hand) => {
      const second = { ...otherPayment(hand), month: monthOf(TODAY), made: 0 };
      assertRefused('a second record', /^SQLITE_CONSTRAINT_PRIMARYKEY$/, () =>
        hand.insert('payment', second),
      );
      const reversed = { ...second, reversal: 1, reversed_at: 0, reversed_on: TODAY };
      hand.insert('payment', reversed);
      assertRefused('a second in that place', /^SQLITE_CONSTRAINT_PRIMARYKEY$/, () =>
        hand.insert('payment', { ...reversed, id: randomBytes(16) }),
      );
    });
  });

  test('is refused for a loan that is not there', async () => {
    await byHand((hand) => {
      const row = { ...otherPayment(hand), loan_no: 4711 };
      assertRefused('an unknown loan', /^SQLITE_CONSTRAINT_FOREIGNKEY$/, () => hand.insert('payment', row));
    });
  });

  test('keeps its loan from being deleted', async () => {
    await byHand((hand) => {
      assertRefused('a deletion', /^SQLITE_CONSTRAINT_FOREIGNKEY$/, () => hand.run('DELETE FROM loan'));
    });
  });

  const BAD: readonly Row[] = [
    { id: Buffer.alloc(17) },
    { id: null },
    { made: 2 },
    { made: 'yes' },
    { reversal: -1 },
    // Counts though it was taken back, and the other way round; taken back on no date or at no instant.
    { reversed_at: 0, reversed_on: TODAY },
    { reversal: 1 },
    { reversal: 1, reversed_on: TODAY },
    { reversed_at: 0 },
    // The issue is number 1.
    { sequence: 1 },
    { sequence: null },
    { date: DATE_MIN - 1 },
    { date: DATE_MAX + 1 },
    { month: null },
    { loan_no: null },
    { recorded_at: 0.5 },
    { recorded_on: null },
  ];
  test('is refused with any one value beyond its limits', async () => {
    await byHand((hand) => {
      for (const change of BAD) {
        const row = { ...otherPayment(hand), ...change };
        assertRefused(inspect(change), /^SQLITE_CONSTRAINT/, () => hand.insert('payment', row));
      }
    });
  });

  test('is refused with the id of another', async () => {
    await byHand((hand) => {
      const row = { ...otherPayment(hand), id: hand.row('payment')['id'] };
      assertRefused('a known id', /^SQLITE_CONSTRAINT_UNIQUE$/, () => hand.insert('payment', row));
    });
  });
});

/** A reversal of the loan that is there. */
function reversal(hand: Hand): Row {
  const { loan_no, recorded_at, recorded_on, request_id, recorded_by } = hand.row('payment');
  const recorded = { recorded_at, recorded_on, request_id, recorded_by };
  return { loan_no, sequence: 3, id: randomBytes(16), payment_id: null, reason: null, ...recorded };
}

describe('a reversal put in by hand', () => {
  test('within all limits is taken: refusals below are of what differs', async () => {
    await byHand((hand) => {
      hand.insert('reversal', reversal(hand));
      const payment_id = hand.row('payment')['id'];
      hand.insert('reversal', { ...reversal(hand), sequence: 4, payment_id, reason: 'x'.repeat(500) });
    });
  });

  const BAD: readonly Row[] = [
    { id: Buffer.alloc(15) },
    { sequence: 1 },
    { sequence: null },
    { reason: '' },
    { reason: 'x'.repeat(501) },
    { payment_id: randomBytes(16) },
    { loan_no: 4711 },
    { recorded_on: null },
    { recorded_by: null },
  ];
  test('is refused with any one value beyond its limits', async () => {
    await byHand((hand) => {
      for (const change of BAD) {
        const row = { ...reversal(hand), ...change };
        assertRefused(inspect(change), /^SQLITE_CONSTRAINT/, () => hand.insert('reversal', row));
      }
    });
  });

  test('is refused a second time, of the loan and of a payment, and in a place that is taken', async () => {
    await byHand((hand) => {
      const ofLoan = reversal(hand);
      const ofPayment = { ...reversal(hand), sequence: 4, payment_id: hand.row('payment')['id'] };
      for (const row of [ofLoan, ofPayment]) {
        hand.insert('reversal', row);
        const again = { ...row, id: randomBytes(16), sequence: 5 };
        assertRefused('a second reversal', /^SQLITE_CONSTRAINT_UNIQUE$/, () =>
          hand.insert('reversal', again),
        );
      }
      const payment_id = randomBytes(16);
      hand.insert('payment', { ...otherPayment(hand), id: payment_id });
      assertRefused('a place that is taken', /^SQLITE_CONSTRAINT_PRIMARYKEY$/, () =>
        hand.insert('reversal', { ...ofPayment, id: randomBytes(16), payment_id }),
      );
    });
  });
});

test('an answer put in by hand is one to each owner’s key', async () => {
  await byHand((hand) => {
    const row = { owner: 'a', key: 'k', fingerprint: 'f', outcome: '{}', request_id: 'r', recorded_at: 0 };
    hand.insert('kept_answer', row);
    hand.insert('kept_answer', { ...row, owner: 'b' });
    hand.insert('kept_answer', { ...row, key: 'K' });
    assertRefused('a second answer', /^SQLITE_CONSTRAINT_PRIMARYKEY$/, () => hand.insert('kept_answer', row));
    for (const column of Object.keys(row)) {
      const without = { ...row, key: 'other', [column]: null };
      assertRefused(column, /^SQLITE_CONSTRAINT_NOTNULL$/, () => hand.insert('kept_answer', without));
    }
  });
});

describe('the bank and its book by hand', () => {
  test('there is one bank, with a currency and a time zone', async () => {
    await byHand((hand) => {
      const row = hand.row('bank');
      assertRefused('a second bank', /^SQLITE_CONSTRAINT/, () => hand.insert('bank', row));
      assertRefused('bank 2', /^SQLITE_CONSTRAINT_CHECK$/, () => hand.insert('bank', { ...row, only: 2 }));
      for (const change of [`currency = 'DOLLAR'`, `time_zone = ''`, 'book_day = NULL']) {
        assertRefused(change, /^SQLITE_CONSTRAINT/, () => hand.run(`UPDATE bank SET ${change}`));
      }
    });
  });

  test('each table of the book has one row a key, in whole numbers', async () => {
    await byHand((hand) => {
      for (const table of ['book_change', 'book_log']) {
        const row = hand.row(table);
        assertRefused(`${table} twice`, /^SQLITE_CONSTRAINT_PRIMARYKEY$/, () => hand.insert(table, row));
        assertRefused(`${table} 0.5`, /^SQLITE_CONSTRAINT_DATATYPE$/, () =>
          hand.run(`UPDATE ${table} SET value_low = 0.5`),
        );
      }
      const row = { ...hand.row('book_change'), cause: 'forgotten' };
      assertRefused('an unknown cause', /^SQLITE_CONSTRAINT_CHECK$/, () => hand.insert('book_change', row));
    });
  });
});
