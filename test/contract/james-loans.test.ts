// POST /loans: what is issued and with which installment, and what is refused with which text,
// all wrong fields at once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { assertFieldsRefused, assertIssued } from '../support/james-assertions.ts';
import { type JamesClient, jamesClient, type Members, numberText } from '../support/james-client.ts';
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

  describe('an issued loan', () => {
    test('answers its id and its installment and nothing else', async () => {
      const answer = await client.post('/loans', {
        amount: 1000,
        term: 12,
        rate: 0.05,
        date: '2017-08-05 02:18Z',
      });
      assert.deepEqual(Object.keys(answer.json as object).sort(), ['installment', 'loan_id']);
      assertIssued(answer, '85.6');
    });

    test('has an id of its own even when nothing else differs', async () => {
      const ids = new Set<string>();
      for (let count = 0; count < 25; count += 1) ids.add((await client.loan()).id);
      assert.equal(ids.size, 25);
    });

    // DOMAIN.md section 3 and 5 %-tables of the contract.
    const worked: readonly (readonly [Members, string])[] = [
      [{ amount: '1000', term: '12', rate: '0.05' }, '85.6'],
      [{ amount: '1000', term: '24', rate: '0.05' }, '43.87'],
      [{ amount: '1000', term: '6', rate: '0.05' }, '169.1'],
      [{ amount: '123456789012.34', term: '12', rate: '0.05' }, '10568824817.03'],
      [{ amount: '1800', term: '12', rate: '0.0000000001' }, '150'],
      [{ amount: '0.12', term: '12', rate: '0.05' }, '0.01'],
    ];
    for (const [members, installment] of worked) {
      test(`of ${members['amount']} at ${members['rate']} over ${members['term']} months pays ${installment}`, async () => {
        assert.equal(numberText(await client.issue(members), 'installment'), installment);
      });
    }

    test('takes its numbers as strings too', async () => {
      const answer = await client.issue({ amount: '"1000"', term: '"12"', rate: '"0.05"' });
      assertIssued(answer, '85.6');
    });

    test('ignores unknown keys', async () => {
      const extra = {
        currency: '"EUR"',
        loan_id: '"mine"',
        installment: '1',
        error: 'null',
        nested: '{"amount":[1]}',
      };
      assertIssued(await client.issue(extra), '85.6');
    });
  });

  describe('a refused loan', () => {
    const notText: Readonly<Record<string, string>> = { missing: '', null: 'null', 'an empty string': '""' };
    for (const [what, text] of Object.entries(notText)) {
      const member = what === 'missing' ? undefined : text;
      for (const field of ['amount', 'term', 'rate', 'date']) {
        test(`names ${field} as required when it is ${what}`, async () => {
          assertFieldsRefused(await client.issue({ [field]: member }), { [field]: 'Required' });
        });
      }
      test(`names all four fields when all are ${what}`, async () => {
        const members = { amount: member, term: member, rate: member, date: member };
        assertFieldsRefused(await client.issue(members), {
          amount: 'Required',
          term: 'Required',
          rate: 'Required',
          date: 'Required',
        });
      });
    }

    for (const field of ['amount', 'term', 'rate']) {
      for (const text of ['text', '12 months', '1,000', '$1000', '0x10', '1.2.3', '--1', '1e', 'one', '5%']) {
        test(`says that ${field} "${text}" is not a number`, async () => {
          const answer = await client.issue({ [field]: JSON.stringify(text) });
          assertFieldsRefused(answer, { [field]: `"${text}" is not a number` });
        });
      }
      for (const value of ['true', 'false', '[]', '[1000]', '{}', '{"value":1}', '["1000"]']) {
        test(`takes ${value} for no number as ${field}`, async () => {
          assertFieldsRefused(await client.issue({ [field]: value }), { [field]: / is not a number$/ });
        });
      }
      for (const value of ['0', '-0', '0.00', '-1', '-1000', '"0"', '"-0"', '"-5"', '0e5', '-0.0']) {
        test(`wants ${field} greater than zero, not ${value}`, async () => {
          const answer = await client.issue({ [field]: value });
          assertFieldsRefused(answer, { [field]: 'Value must be greater than zero' });
        });
      }
      test(`names ${field} when it is negative and not whole`, async () => {
        assertFieldsRefused(await client.issue({ [field]: '-0.12345678901234' }), { [field]: /./ });
      });
      test(`names ${field} when it is blank`, async () => {
        assertFieldsRefused(await client.issue({ [field]: '"  "' }), { [field]: /./ });
      });
    }

    for (const date of ['"never"', '20170805', 'true', 'false', '0', '[]', '{}', '["2017-08-05"]', '1.5']) {
      test(`finds the date ${date} invalid`, async () => {
        assertFieldsRefused(await client.issue({ date }), { date: 'Invalid date' });
      });
    }

    for (const text of ['12.7', '0.5', '12.000000000000000000001']) {
      test(`wants a whole term, not ${text}, as a number or as a string`, async () => {
        const expected = { term: `"${text}" is not a whole number` };
        assertFieldsRefused(await client.issue({ term: text }), expected);
        assertFieldsRefused(await client.issue({ term: JSON.stringify(text) }), expected);
      });
    }

    test('names all wrong fields at once, each with its own text', async () => {
      const answer = await client.issue({ amount: '"text"', term: '12.7', rate: '0', date: '"201708"' });
      assertFieldsRefused(answer, {
        amount: '"text" is not a number',
        term: '"12.7" is not a whole number',
        rate: 'Value must be greater than zero',
        date: 'Invalid date',
      });
      const second = await client.issue({ amount: '0.001', term: undefined, rate: '101', date: 'null' });
      assertFieldsRefused(second, {
        amount: 'Value must have at most 2 decimal places',
        term: 'Required',
        rate: 'Value is too large',
        date: 'Required',
      });
    });

    test('leaves correct fields unnamed', async () => {
      const answer = await client.issue({ amount: '-1', date: '"2017-13-01"' });
      assertFieldsRefused(answer, { amount: 'Value must be greater than zero', date: 'Invalid date' });
    });

    for (const amount of ['0.01', '0.02', '0.11']) {
      test(`has an amount, ${amount}, too small for an installment over 12 months`, async () => {
        assertFieldsRefused(await client.issue({ amount }), { amount: 'Value is too small for this term' });
      });
    }
  });
});
