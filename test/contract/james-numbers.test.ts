// Numbers of the James surface, digit by digit: what is read is what is written, however many digits
// a double would lose, and what is answered is exact. Limits at and just beyond each bound.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { onEachEngine } from '../support/engines.ts';
import { decimalText, expectedInstallmentCents, moneyText } from '../support/expected-figures.ts';
import {
  assertAnswer,
  assertBalance,
  assertFieldsRefused,
  assertIssued,
  assertOneFieldRefused,
  assertPaymentAdded,
} from '../support/james-assertions.ts';
import { type JamesClient, jamesClient, type Members } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: JamesClient;

  before(async () => {
    service = await startService({ engine });
    client = jamesClient(service.url);
  });
  after(async () => {
    await service?.stop();
  });

  const tooLarge = 'Value is too large';
  const tooManyDecimals = 'Value must have at most 2 decimal places';
  const tooManyRateDecimals = 'Value must have at most 10 decimal places';

  async function bothWays(
    field: string,
    text: string,
    check: (members: Members) => Promise<void>,
  ): Promise<void> {
    await check({ [field]: text });
    await check({ [field]: JSON.stringify(text) });
  }

  describe('a number that is accepted', () => {
    const same: Readonly<Record<string, readonly string[]>> = {
      amount: [
        '1000.0',
        '1000.00',
        '1000.00000000000000000000',
        `1000.${'0'.repeat(100_000)}`,
        '1e3',
        '1E3',
        '1e+3',
        '1.0e3',
        '10e2',
        '100000e-2',
        '0.001e6',
        '1000e0',
        '1000e-0',
      ],
      term: ['12.0', '12.000000000000000000000', '1.2e1', '120e-1'],
      rate: ['0.050', '0.0500000000', '0.050000000000000000000', '5e-2', '5E-02', '0.5e-1', '50e-3'],
    };
    for (const [field, texts] of Object.entries(same)) {
      for (const text of texts) {
        test(`is the same ${field} however it is written: ${text.slice(0, 30)}`, async () => {
          await bothWays(field, text, async (members) => assertIssued(await client.issue(members), '85.6'));
        });
      }
    }
  });

  describe('a number with too many decimals', () => {
    const amounts = [
      '0.001',
      '1000.001',
      '999.999',
      '1000.000000000000000001',
      '1e-3',
      '100001e-3',
      '1e-20',
      '1e-300',
      `0.${'0'.repeat(100_000)}1`,
    ];
    for (const amount of amounts) {
      test(`is refused as an amount: ${amount.slice(0, 30)}`, async () => {
        await bothWays('amount', amount, async (members) =>
          assertFieldsRefused(await client.issue(members), { amount: tooManyDecimals }),
        );
      });
    }

    for (const rate of ['0.12345678901', '0.00000000001', '0.050000000000000000001', '1e-11', '1e-300']) {
      test(`is refused as a rate: ${rate}`, async () => {
        await bothWays('rate', rate, async (members) =>
          assertFieldsRefused(await client.issue(members), { rate: tooManyRateDecimals }),
        );
      });
    }

    for (const term of ['12.7', '12.000000000000000001', '1e-1', '1e-300', '125e-1']) {
      test(`is refused as a term: ${term}`, async () => {
        await bothWays('term', term, async (members) =>
          assertFieldsRefused(await client.issue(members), { term: / is not a whole number$/ }),
        );
      });
    }
  });

  describe('a number smaller than any double', () => {
    // It has too many decimals; the original, which counts in doubles, takes it for zero.
    for (const text of ['1e-400', '1e-1000000000', '1e-999999999999999999999']) {
      for (const field of ['amount', 'term', 'rate']) {
        test(`is refused by the name of the field: ${field} ${text}`, async () => {
          const said = / decimal places$| is not a whole number$|^Value must be greater than zero$/;
          await bothWays(field, text, async (members) =>
            assertFieldsRefused(await client.issue(members), { [field]: said }),
          );
        });
      }
    }
  });

  describe('a rate of ten decimals', () => {
    for (const rate of ['0.1234567891', '0.0000000001', '1e-10']) {
      test(`is accepted: ${rate}`, async () => {
        assert.equal((await client.issue({ rate })).status, 200);
        assert.equal((await client.issue({ rate: JSON.stringify(rate) })).status, 200);
      });
    }

    test('counts to its last decimal', async () => {
      const rate = (numerator: bigint) => ({ numerator, denominator: 10_000_000_000n });
      for (const numerator of [500_000_000n, 500_000_001n, 499_999_999n]) {
        const loan = await client.loan({
          amount: '9000000000000',
          rate: decimalText(numerator, 10),
        });
        assert.equal(
          loan.installment,
          moneyText(expectedInstallmentCents(900_000_000_000_000n, rate(numerator), 12)),
        );
      }
    });
  });

  describe('what is no finite number', () => {
    const tokens = ['NaN', 'Infinity', '-Infinity'];
    for (const field of ['amount', 'term', 'rate']) {
      for (const token of tokens) {
        test(`is refused by the name of the field: ${field} ${token}`, async () => {
          assertFieldsRefused(await client.issue({ [field]: token }), { [field]: /./ }, 'bare');
          assertFieldsRefused(
            await client.issue({ [field]: JSON.stringify(token) }),
            { [field]: /./ },
            'string',
          );
        });
      }
      for (const text of ['nan', 'inf', '-inf', 'infinity', '+Infinity', 'NAN']) {
        test(`is refused by the name of the field: ${field} "${text}"`, async () => {
          assertFieldsRefused(await client.issue({ [field]: JSON.stringify(text) }), { [field]: /./ });
        });
      }
    }

    test('is refused in three fields at once', async () => {
      const answer = await client.issue({ amount: 'NaN', term: 'Infinity', rate: '-Infinity' });
      assertFieldsRefused(answer, { amount: /./, term: /./, rate: /./ });
    });
  });

  describe('a number that is too large', () => {
    const far = [
      '1e20',
      '1e300',
      '1e400',
      '1e1000000000',
      '1e999999999999999999999',
      `1${'0'.repeat(100_000)}`,
    ];
    const beyond: Readonly<Record<string, readonly string[]>> = {
      amount: ['10000000000000', '10000000000000.00', '10000000000000.01', '1e13', ...far],
      term: ['1201', '1201.0', '4294967297', '9007199254740993', ...far],
      rate: ['100.0000000001', '100.1', '101', '1000', ...far],
    };
    for (const [field, texts] of Object.entries(beyond)) {
      for (const text of texts) {
        test(`is refused: ${field} ${text.slice(0, 30)}`, async () => {
          await bothWays(field, text, async (members) =>
            assertFieldsRefused(await client.issue(members), { [field]: tooLarge }),
          );
        });
      }
      test(`is refused below zero too: ${field}`, async () => {
        for (const text of ['-1e300', '-1e400', '-1e1000000000']) {
          assertFieldsRefused(
            await client.issue({ [field]: text }),
            { [field]: 'Value must be greater than zero' },
            text,
          );
        }
      });
    }

    test('is refused in three fields at once', async () => {
      const answer = await client.issue({ amount: '1e300', term: '1e20', rate: '1e300' });
      assertFieldsRefused(answer, { amount: tooLarge, term: tooLarge, rate: tooLarge });
    });

    test('is zero when all its digits are, whatever the exponent', async () => {
      for (const text of ['0e1000000000', '-0e400', '0.000e-1000000000']) {
        const answer = await client.issue({ amount: text });
        assertFieldsRefused(answer, { amount: 'Value must be greater than zero' }, text);
      }
    });
  });

  describe('the largest that is accepted', () => {
    test('is an amount of 9,999,999,999,999.99', async () => {
      assertIssued(await client.issue({ amount: '9999999999999.99' }), '856074817884.67');
      assertIssued(await client.issue({ amount: '"9999999999999.99"' }), '856074817884.67');
    });

    test('is a term of 1,200 months', async () => {
      assertIssued(await client.issue({ term: '1200' }), '4.19');
      assertIssued(await client.issue({ term: '1.2e3' }), '4.19');
    });

    test('is a rate of 100', async () => {
      assertIssued(await client.issue({ rate: '100' }), '8333.33');
      assertIssued(await client.issue({ rate: '100.0000000000' }), '8333.33');
    });

    test('is a last due date at the end of the year 9999', async () => {
      assertIssued(await client.issue({ date: '"9998-12-31"' }), '85.6');
      assertIssued(await client.issue({ date: '"9899-12-31"', term: '1200' }), '4.19');
      for (const members of [
        { date: '"9999-01-01"' },
        { date: '"9999-12-01"', term: '1' },
        { date: '"9999-12-31"', term: '1' },
        { date: '"9900-01-01"', term: '1200' },
      ]) {
        assertOneFieldRefused(
          await client.issue(members),
          ['term', 'date'],
          tooLarge,
          JSON.stringify(members),
        );
      }
    });

    test('is a sum of installments of 2^53 − 1 cents, over one month', async () => {
      const loan = await client.loan({ amount: '9870903292866.84', rate: '97.5', term: '1' });
      assert.equal(loan.installment, '90071992547409.91');
      const over = await client.issue({ amount: '9999915906576.62', rate: '96.0873', term: '1' });
      assertOneFieldRefused(over, ['amount', 'rate', 'term'], tooLarge);
    });

    test('is a sum of installments just below 2^53 cents, over twelve months', async () => {
      const loan = await client.loan({ amount: '9995868337468.17', rate: '9' });
      assert.equal(loan.installment, '7505999378950.82');
      assertBalance(await client.balance(loan, '2017-08-05'), '90071992547409.84');
      const over = await client.issue({ amount: '9995868337468.18', rate: '9' });
      assertOneFieldRefused(over, ['amount', 'rate', 'term'], tooLarge);
    });

    test('leaves an installment far beyond the limit refused', async () => {
      for (const members of [
        { amount: '9999999999999.99', rate: '100' },
        { amount: '9999999999999.99', rate: '0.12', term: '1200' },
        { amount: '9999999999999.99', rate: '100', term: '1200' },
      ]) {
        assertOneFieldRefused(
          await client.issue(members),
          ['amount', 'rate', 'term'],
          tooLarge,
          JSON.stringify(members),
        );
      }
    });
  });

  describe('large money', () => {
    test('is exact in the installment, the refusal and the balance', async () => {
      const loan = await client.loan({ amount: '123456789012.34' });
      assert.equal(loan.installment, '10568824817.03');
      const wrong = await client.pay(loan, '2017-09-05', { amount: '10568824817.02' });
      assertAnswer(wrong, 400, { error: 'Invalid amount, must be $10568824817.03.' });
      assertBalance(await client.balance(loan, '2017-08-05'), '126825897804.36');
      assertPaymentAdded(await client.pay(loan, '2017-09-05'));
      assertBalance(await client.balance(loan, '2017-09-05'), '116257072987.33');
    });

    test('is exact where a double cannot tell neighbouring cents apart', async () => {
      const loan = await client.loan({ amount: '9870903292866.84', rate: '97.5', term: '1' });
      assert.equal(loan.installment, '90071992547409.91');
      assertBalance(await client.balance(loan, '2017-08-05'), '90071992547409.91');
      for (const amount of ['90071992547409.90', '"90071992547409.9"', '90071992547409.914']) {
        const answer = await client.pay(loan, '2017-09-05', { amount });
        assertAnswer(answer, 400, { error: 'Invalid amount, must be $90071992547409.91.' }, amount);
      }
      assertPaymentAdded(await client.pay(loan, '2017-09-05', { amount: '"90071992547409.91"' }));
      assertBalance(await client.balance(loan, '2017-09-05'), '0');
    });
  });

  describe('the installment of any loan', () => {
    const digits = (most: number) => fc.integer({ min: 1, max: most });
    const below = (power: number) => fc.bigInt({ min: 1n, max: 10n ** BigInt(power) - 1n });
    const someLoan = fc.record({
      amountCents: digits(15).chain(below),
      term: fc.oneof(digits(12), digits(120), digits(1200)),
      places: fc.integer({ min: 0, max: 10 }),
      rateUnits: digits(12).chain(below),
      asText: fc.boolean(),
    });

    test('is the exact formula rounded down, or a refusal where the limits say so', async () => {
      await fc.assert(
        fc.asyncProperty(someLoan, async ({ amountCents, term, places, rateUnits, asText }) => {
          const denominator = 10n ** BigInt(places);
          const written = (text: string) => (asText ? JSON.stringify(text) : text);
          const answer = await client.issue({
            amount: written(decimalText(amountCents, 2)),
            term: written(String(term)),
            rate: written(decimalText(rateUnits, places)),
          });
          if (rateUnits > 100n * denominator) {
            assertFieldsRefused(answer, { rate: tooLarge });
            return;
          }
          const installment = expectedInstallmentCents(
            amountCents,
            { numerator: rateUnits, denominator },
            term,
          );
          if (installment === 0n) assertFieldsRefused(answer, { amount: 'Value is too small for this term' });
          else if (installment * BigInt(term) > 2n ** 53n - 1n) {
            assertOneFieldRefused(answer, ['amount', 'rate', 'term'], tooLarge);
          } else assertIssued(answer, moneyText(installment));
        }),
        { numRuns: 300 },
      );
    });
  });
});
