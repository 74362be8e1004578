// The installments of 42,535 real contracts (LendingClub, 2007–2011) against the domain's, for each rounding:
// how many agree is stated exactly, so that no change of the arithmetic goes unseen. Skipped without ../shared/data.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { installmentOf, principalAfter, principalsOf } from '../../../src/domain/annuity.ts';
import { RATE_DECIMAL_PLACES } from '../../../src/domain/rate.ts';
import type { Rounding } from '../../../src/domain/rounding.ts';
import {
  type ExactRate,
  installmentExactly,
  principalLeft,
  readCents,
  readRatio,
  roundDown,
  roundHalfUp,
} from '../../oracle/annuity.ts';
import { column, readCsv } from '../../oracle/csv-file.ts';
import {
  LENDINGCLUB_IS_ABSENT,
  LENDINGCLUB_IS_THERE,
  LOANS_FILE,
} from '../../real-data/lendingclub-files.ts';

interface Contract {
  readonly amountCents: bigint;
  /** In units of 10^-10, as the domain has it. */
  readonly rate: bigint;
  readonly exactRate: ExactRate;
  readonly term: number;
  readonly date: string;
  readonly installmentCents: bigint;
}

function readContracts(): readonly Contract[] {
  return readCsv(LOANS_FILE).rows.map((row) => {
    const exactRate = readRatio(column(row, 'rate'));
    return {
      amountCents: readCents(column(row, 'amount')),
      rate: (exactRate.p * 10n ** BigInt(RATE_DECIMAL_PLACES)) / exactRate.q,
      exactRate,
      term: Number(column(row, 'term')),
      date: column(row, 'date'),
      installmentCents: readCents(column(row, 'installment')),
    };
  });
}

/** From this month on LendingClub rounds up; before it, none of the four fits as well. */
const ROUNDED_UP_FROM = '2010-07-01';

/** Of all 42,535 contracts, and of the 29,080 issued from 2010-07 on: how many have this rounding's installment. */
const AGREEING: readonly [rounding: Rounding, all: number, roundedUp: number][] = [
  ['down', 1_949, 1],
  ['half-up', 19_941, 14_988],
  ['half-even', 19_941, 14_988],
  ['up', 36_161, 29_069],
];

const EVERY_NTH = 50;

function describeContracts(contracts: readonly Contract[]): void {
  const later = contracts.filter(({ date }) => date >= ROUNDED_UP_FROM);

  const agreeing = (rounding: Rounding, among: readonly Contract[]) =>
    among.filter(
      ({ amountCents, rate, term, installmentCents }) =>
        installmentOf(amountCents, rate, term, rounding) === installmentCents,
    ).length;

  test('are 42,535, of which 29,080 from 2010-07 on', () => {
    assert.deepEqual([contracts.length, later.length], [42_535, 29_080]);
  });

  for (const [rounding, all, roundedUp] of AGREEING) {
    test(`rounded ${rounding} equal the contract's in ${all}, from 2010-07 on in ${roundedUp}`, () => {
      assert.deepEqual([agreeing(rounding, contracts), agreeing(rounding, later)], [all, roundedUp]);
    });
  }

  test("are the oracle's, rounded down and half up, for every contract", () => {
    for (const { amountCents, rate, exactRate, term } of contracts) {
      const exact = installmentExactly(amountCents, exactRate, term);
      assert.equal(installmentOf(amountCents, rate, term, 'down'), roundDown(exact));
      assert.equal(installmentOf(amountCents, rate, term, 'half-up'), roundHalfUp(exact));
    }
  });

  test(`leave the oracle's principal after every payment, for every ${EVERY_NTH}th contract`, () => {
    for (const { amountCents, rate, exactRate, term } of contracts.filter((_, i) => i % EVERY_NTH === 0)) {
      const months = Array.from({ length: term + 1 }, (_, k) => k);
      const expected = months.map((k) => principalLeft(amountCents, exactRate, term, k));
      assert.deepEqual(principalsOf(amountCents, rate, term), expected);
      assert.deepEqual(
        months.map((k) => principalAfter(amountCents, rate, term, k)),
        expected,
      );
    }
  });
}

if (LENDINGCLUB_IS_THERE) {
  describe('installments of the LendingClub contracts', () => describeContracts(readContracts()));
} else {
  test('installments of the LendingClub contracts', { skip: LENDINGCLUB_IS_ABSENT });
}
