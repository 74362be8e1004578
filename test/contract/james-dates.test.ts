// Dates of the James surface: which texts are dates, which day they mean (the one that is written),
// and which are refused, on every route.

import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import {
  assertAnswer,
  assertBalance,
  assertFieldsRefused,
  assertIssued,
  assertPaymentAdded,
} from '../support/james-assertions.ts';
import { type JamesClient, jamesClient, type Loan } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: JamesClient;
  let early: Loan;

  before(async () => {
    service = await startService({ engine });
    client = jamesClient(service.url);
    early = await client.loan({ date: '"0001-01-01"' });
  });
  after(async () => {
    await service?.stop();
  });

  const separators = [' ', 'T'];
  const times = [
    '00:00',
    '02:18',
    '23:59',
    '02:18:00',
    '23:59:59',
    '02:18:07.5',
    '02:18:07.123456',
    '02:18:07.123456789',
  ];
  const zones = ['', 'Z', '+00:00', '-05:00', '+14:00', '-12:00', '+0530', '-0800', '+0000', '-00:00'];

  const accepted: readonly string[] = [
    '2017-08-05',
    ...separators.flatMap((separator) =>
      times.flatMap((time) => zones.map((zone) => `2017-08-05${separator}${time}${zone}`)),
    ),
  ];

  const calendar: readonly string[] = [
    '0001-01-01',
    '0004-02-29',
    '0099-12-31',
    '1600-02-29',
    '1899-12-31',
    '1969-12-31',
    '1970-01-01',
    '2000-02-29',
    '2016-02-29',
    '2017-01-31',
    '2017-02-28',
    '2017-04-30',
    '2017-12-31',
    '2038-01-20',
    '2400-02-29',
    '9998-12-31',
  ];

  const refused: readonly string[] = [
    // Not in the form.
    '201708',
    '05/08/2017',
    '08/05/2017',
    '2017/08/05',
    '2017.08.05',
    '20170805',
    '20170805T021800Z',
    '2017-8-05',
    '2017-08-5',
    '2017-8-5',
    '17-08-05',
    '02017-08-05',
    '10000-01-01',
    '+002017-08-05',
    '+2017-08-05',
    '-2017-08-05',
    '2017-08',
    '2017',
    '2017-W31-6',
    '2017-217',
    'Sat, 05 Aug 2017 02:18:00 GMT',
    'August 5, 2017',
    '5 Aug 2017',
    '1501899480',
    'today',
    'never',
    'null',
    // Not in the calendar.
    '0000-01-01',
    '0000-12-31',
    '2017-00-05',
    '2017-13-05',
    '2017-13-01 02:18Z',
    '2017-99-01',
    '2017-08-00',
    '2017-08-32',
    '2017-02-29',
    '2017-02-30',
    '2017-02-31',
    '2016-02-30',
    '1900-02-29',
    '2100-02-29',
    '2017-04-31',
    '2017-06-31',
    '2017-09-31',
    '2017-11-31',
    '2017-02-29 02:18Z',
    // Not on the clock.
    '2017-08-05 24:00',
    '2017-08-05T24:00:00Z',
    '2017-08-05 25:00',
    '2017-08-05 02:60',
    '2017-08-05 02:60Z',
    '2017-08-05 02:18:60',
    '2017-08-05T23:59:60Z',
    '2017-08-05 99:99',
    // Not so written.
    '2017-08-05t02:18Z',
    '2017-08-05T02:18z',
    '2017-08-05t02:18z',
    '2017-08-05 02:18:00z',
    ' 2017-08-05',
    '2017-08-05 ',
    '2017-08-05\n',
    '\n2017-08-05',
    '2017-08-05\t',
    '2017-08-05 02:18Z ',
    ' 2017-08-05 02:18Z',
    '2017-08-05 02:18Z\n',
    '2017-08-05  02:18',
    '2017-08-05\t02:18',
    '2017-08-05\u00a002:18',
    '2017-08-05_02:18',
    '2017-08-05T 02:18',
    '2017-08-05 T02:18',
    '2017-08-05T',
    '2017-08-05 02',
    '2017-08-05T02Z',
    '2017-08-05 2:18',
    '2017-08-05 02:8',
    '2017-08-05 0218',
    '2017-08-05T021800',
    '2017-08-05 02:18:0',
    '2017-08-05 02:18:',
    '2017-08-05 02:18:00.',
    '2017-08-05 02:18:00.Z',
    '2017-08-05 02:18.5',
    '2017-08-05 02:18:00,5',
    '2017-08-05 02:18:00:00',
    '2017-08-05 02:18 Z',
    '2017-08-05 02:18 +00:00',
    '2017-08-05 02:18ZZ',
    '2017-08-05 02:18Z+00:00',
    '2017-08-05 02:18+5',
    '2017-08-05 02:18+05',
    '2017-08-05 02:18+5:30',
    '2017-08-05 02:18+053',
    '2017-08-05 02:18+05:3',
    '2017-08-05 02:18+05:30:00',
    '2017-08-05 02:18 UTC',
    '2017-08-05 02:18UTC',
    '2017-08-05 02:18GMT',
    '2017-08-05T02:18Z[UTC]',
    '2017-08-05T02:18+01:00[Europe/Paris]',
    '2017-08-05[u-ca=gregory]',
    '2017-08-05 02:18 AM',
    '2017-08-05T02:18\u221205:00',
    '2017\u201108\u201105',
    '\uff12\uff10\uff11\uff17-08-05',
    '\u0662\u0660\u0661\u0667-\u0660\u0668-\u0660\u0665',
    '2017-08-05\u0000',
    '2017-08-05 02:18Zx',
    'x2017-08-05',
  ];

  describe('a date that is accepted', () => {
    for (const date of accepted) {
      test(`means the day that is written: ${date}`, async () => {
        const loan = await client.loan({ date: JSON.stringify(date) });
        const day = { error: 'Invalid date, must be later than or equal to 2017-08-05.' };
        assertAnswer(await client.balance(loan, '2017-08-04'), 400, day);
        assertBalance(await client.balance(loan, date), '1027.2');
        assertPaymentAdded(await client.pay(loan, date));
        assertBalance(await client.balance(loan, '2017-08-05'), '941.6');
      });
    }

    for (const date of calendar) {
      test(`is any day of the calendar: ${date}`, async () => {
        const loan = await client.loan({ date: JSON.stringify(date), term: '2' });
        assertBalance(await client.balance(loan, date), doubled(loan.installment));
        assertPaymentAdded(await client.pay(loan, date));
        assertBalance(await client.balance(loan, date), loan.installment);
        if (date === '0001-01-01') return;
        const answer = await client.balance(loan, '0001-01-01');
        assertAnswer(answer, 400, { error: `Invalid date, must be later than or equal to ${date}.` });
      });
    }
  });

  describe('a date that is refused', () => {
    for (const date of refused) {
      test(`is an Invalid date on every route: ${JSON.stringify(date)}`, async () => {
        const expected = { date: 'Invalid date' };
        assertFieldsRefused(await client.issue({ date: JSON.stringify(date) }), expected, 'loans');
        assertFieldsRefused(await client.pay(early, date), expected, 'payments');
        assertFieldsRefused(await client.balance(early, date), expected, 'balance');
      });
    }
  });

  describe("dates at the month's end", () => {
    test('a loan of the 31st takes a payment on the last day of each month', async () => {
      const loan = await client.loan({ date: '"2023-01-31"' });
      const ends = ['01-31', '02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31'];
      for (const end of ends) assertPaymentAdded(await client.pay(loan, `2023-${end}`), end);
      assertBalance(await client.balance(loan, '2023-02-27'), '941.6');
      assertBalance(await client.balance(loan, '2023-02-28'), '856');
      assertBalance(await client.balance(loan, '2023-10-30'), '256.8');
      assertBalance(await client.balance(loan, '2023-10-31'), '171.2');
    });

    test('a loan of 29 February is one of that day', async () => {
      assertIssued(await client.issue({ date: '"2016-02-29T12:00:00Z"' }), '85.6');
      const loan = await client.loan({ date: '"2016-02-29T12:00:00Z"' });
      const day = { error: 'Invalid payment date, must be later than or equal to 2016-02-29.' };
      assertAnswer(await client.pay(loan, '2016-02-28'), 400, day);
      assertPaymentAdded(await client.pay(loan, '2016-02-29'));
      assertPaymentAdded(await client.pay(loan, '2017-02-28'));
      assertPaymentAdded(await client.pay(loan, '2020-02-29'));
      assertBalance(await client.balance(loan, '2020-02-28'), '856');
      assertBalance(await client.balance(loan, '2020-02-29'), '770.4');
    });

    test('the turn of a year is the turn of a month', async () => {
      const loan = await client.loan({ date: '"2016-12-31T23:59:59-12:00"' });
      assertPaymentAdded(await client.pay(loan, '2016-12-31T00:00:00+14:00'));
      assertPaymentAdded(await client.pay(loan, '2017-01-01T00:00:00+14:00'));
      assertBalance(await client.balance(loan, '2016-12-31T23:59:59Z'), '941.6');
      assertBalance(await client.balance(loan, '2017-01-01'), '856');
    });
  });

  function doubled(digits: string): string {
    const [whole = '0', fraction = ''] = digits.split('.');
    const cents = 2n * BigInt(whole + fraction.padEnd(2, '0'));
    const text = String(cents);
    return `${text.slice(0, -2)}.${text.slice(-2)}`.replace(/\.?0+$/, '');
  }
});
