// POST /v1/loans and GET /v1/loans/:id: the shape of a loan, the figures of DOMAIN.md, money and rates as texts and
// as numbers, and what is refused: by its form (400), by a rule (422), by a reference that is taken (409).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import {
  assertMembers,
  assertProblem,
  instant,
  objectOf,
  textOf,
  uuidVersion7,
} from '../support/v1-assertions.ts';
import { contractLoan, type Members, type V1Client, v1Client } from '../support/v1-client.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;

  before(async () => {
    service = await startService({ engine });
    client = v1Client(service.url);
  });
  after(async () => {
    await service?.stop();
  });

  /** The contract's loan as a JSON text, with members given as JSON texts. */
  function rawLoan(members: Readonly<Record<string, string>>): string {
    const { amount, term, rate, date } = contractLoan;
    const texts = {
      amount: `"${amount}"`,
      term: `${term}`,
      rate: `"${rate}"`,
      date: `"${date}"`,
      ...members,
    };
    const written = Object.entries(texts).map(([name, text]) => `${JSON.stringify(name)}:${text}`);
    return `{${written.join(',')}}`;
  }

  describe('an issued loan', () => {
    test('is answered with 201, its address and all its members', async () => {
      const answer = await client.issue({ reference: 'LC2007-00001', currency: 'USD' });
      assertMembers(answer, 201, {
        reference: 'LC2007-00001',
        amount: '1000.00',
        currency: 'USD',
        term: 12,
        rate: '0.05',
        date: '2017-08-05',
        installment: '85.60',
        total: '1027.20',
        status: 'active',
        payments_made: 0,
        next_due_on: '2017-09-05',
      });
      const id = textOf(answer, 'id');
      assert.match(id, uuidVersion7);
      assert.match(textOf(answer, 'recorded_at'), instant);
      assert.equal(answer.headers.get('location'), `/v1/loans/${id}`);
    });

    test('is found at its address, just as it was answered', async () => {
      const issued = await client.issue({ reference: 'at its address' });
      const found = await client.get(issued.headers.get('location') ?? assert.fail('no address'));
      assert.equal(found.status, 200);
      assert.deepEqual(found.json, issued.json);
    });

    test('shows the payments that were made since', async () => {
      const loan = await client.loan({ term: 2 });
      await client.paid(loan.id, '2017-09-05');
      const active = { status: 'active', payments_made: 1, next_due_on: '2017-10-05' };
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, active);
      await client.paid(loan.id, '2017-10-05');
      const paidOff = { status: 'paid_off', payments_made: 2, next_due_on: null };
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, paidOff);
    });

    test('has no reference unless one is given', async () => {
      for (const members of [{}, { reference: null }, { reference: undefined }]) {
        assertMembers(await client.issue(members), 201, { reference: null });
      }
    });

    test('has its date as it was written, whatever its time and offset', async () => {
      for (const date of ['2017-08-05 02:18Z', '2017-08-05T23:30:00-05:00', '2017-08-05T00:00:00.5+14:00']) {
        assertMembers(await client.issue({ date }), 201, { date: '2017-08-05', next_due_on: '2017-09-05' });
      }
    });

    test('of the 31st falls due on the last day of a shorter month', async () => {
      assertMembers(await client.issue({ date: '2017-01-31' }), 201, { next_due_on: '2017-02-28' });
      assertMembers(await client.issue({ date: '2024-01-31' }), 201, { next_due_on: '2024-02-29' });
    });

    test('gets an id of its own, also among 50 at once', async () => {
      const loans = await Promise.all(Array.from({ length: 50 }, () => client.loan()));
      assert.equal(new Set(loans.map((loan) => loan.id)).size, 50);
    });
  });

  describe('the installment', () => {
    const figures: readonly [members: Members, installment: string, total: string][] = [
      [{}, '85.60', '1027.20'],
      [{ term: 24 }, '43.87', '1052.88'],
      [{ term: 6 }, '169.10', '1014.60'],
      [{ amount: '123456789012.34' }, '10568824817.03', '126825897804.36'],
      [{ amount: '100.00', term: 3, rate: '0' }, '33.33', '99.99'],
      [{ amount: '1200.00', rate: '0' }, '100.00', '1200.00'],
      [{ amount: '0.01', term: 1 }, '0.01', '0.01'],
      [{ amount: '9999999999999.99', term: 1, rate: '0' }, '9999999999999.99', '9999999999999.99'],
      [{ amount: '1000.00', term: 1, rate: '100' }, '9333.33', '9333.33'],
      [{ amount: '1000.00', term: 1200, rate: '0' }, '0.83', '996.00'],
    ];
    for (const [members, installment, total] of figures) {
      test(`of ${JSON.stringify(members)} is ${installment}`, async () => {
        assertMembers(await client.issue(members), 201, { installment, total });
      });
    }
  });

  describe('money', () => {
    test('is taken as a number where the number is exact', async () => {
      const written: Readonly<Record<string, string>> = {
        '1000': '1000.00',
        '1000.0': '1000.00',
        '1000.5': '1000.50',
        '1000.55': '1000.55',
        '1e3': '1000.00',
        '100000.0e-2': '1000.00',
        '1000.0000000000000000': '1000.00',
        '123456789012.34': '123456789012.34',
        '4503599627370.49': '4503599627370.49',
        '4503599627370.49000': '4503599627370.49',
      };
      for (const [number, amount] of Object.entries(written)) {
        const answer = await client.post('/v1/loans', undefined, { raw: rawLoan({ amount: number }) });
        assertMembers(answer, 201, { amount }, number);
      }
    });

    test('is taken as an exact number of many digits with an exponent', async () => {
      const answer = await client.post('/v1/loans', undefined, {
        raw: rawLoan({ amount: '1.00000000000000000e3' }),
      });
      assertMembers(answer, 201, { amount: '1000.00' });
    });

    test('is never rounded: a number with parts of a cent is refused', async () => {
      const numbers = ['1000.001', '0.001', '1e-3', '4503599627370.491'];
      for (const amount of numbers) {
        const answer = await client.post('/v1/loans', undefined, { raw: rawLoan({ amount }) });
        assertProblem(answer, 422, 'terms-refused', ['/amount'], amount);
      }
    });

    test('is refused as a number that no double holds; as a text every digit counts', async () => {
      for (const amount of ['9007199254740.993', '1000.00000000000000001']) {
        const inexact = await client.post('/v1/loans', undefined, { raw: rawLoan({ amount }) });
        assertProblem(inexact, 400, 'invalid-request', ['/amount'], amount);
        assertProblem(await client.issue({ amount }), 422, 'terms-refused', ['/amount'], amount);
      }
      const exact = await client.issue({ amount: '9007199254740.99' });
      assertMembers(exact, 201, { amount: '9007199254740.99' });
    });

    test('as a text is a plain decimal', async () => {
      for (const amount of ['1000', '1000.0', '1000.00']) {
        assertMembers(await client.issue({ amount }), 201, { amount: '1000.00' });
      }
      const texts = ['', ' ', '+1000', '1,000.00', '.5', '5.', '1000.00 ', ' 1000', 'NaN', 'Infinity'];
      for (const amount of [...texts, '0x10', '１０００', '1_000', '$5', 'one']) {
        assertProblem(await client.issue({ amount }), 400, 'invalid-request', ['/amount'], amount);
      }
    });

    test("is in the bank's currency", async () => {
      for (const currency of ['EUR', 'XXX', 'usd', 'US$']) {
        assertProblem(await client.issue({ currency }), 422, 'terms-refused', ['/currency'], currency);
      }
      for (const currency of ['US', 'DOLLAR', '', 840, null]) {
        assertProblem(await client.issue({ currency }), 400, 'invalid-request', ['/currency'], `${currency}`);
      }
    });
  });

  describe('the rate', () => {
    test('is answered without needless zeros', async () => {
      const written: readonly [unknown, string][] = [
        ['0.0500', '0.05'],
        [0.05, '0.05'],
        ['0', '0'],
        [0, '0'],
        ['0.00', '0'],
        ['100', '100'],
        ['0.0000000001', '0.0000000001'],
        ['0.1234567891', '0.1234567891'],
      ];
      for (const [rate, answered] of written) {
        assertMembers(await client.issue({ rate }), 201, { rate: answered }, `${rate}`);
      }
    });

    test('is from 0 to 100, with at most ten decimal places', async () => {
      for (const rate of ['-0.01', -0.01, '100.0000000001', 101, '1000000000000', '0.12345678901', 1e-11]) {
        assertProblem(await client.issue({ rate }), 422, 'terms-refused', ['/rate'], `${rate}`);
      }
    });
  });

  describe('terms that the bank does not issue', () => {
    test('are refused with the field named', async () => {
      const refused: readonly [members: Members, pointer: string][] = [
        [{ amount: '0' }, '/amount'],
        [{ amount: '0.00' }, '/amount'],
        [{ amount: -1 }, '/amount'],
        [{ amount: '-1000.00' }, '/amount'],
        [{ amount: '0.01' }, '/amount'],
        [{ amount: '10000000000000.00' }, '/amount'],
        [{ amount: '9999999999999.99', term: 1, rate: '100' }, '/amount'],
        [{ term: 0 }, '/term'],
        [{ term: -1 }, '/term'],
        [{ term: 1201 }, '/term'],
        [{ date: '9999-12-01', term: 1 }, '/term'],
        [{ date: '9999-01-31', term: 12 }, '/term'],
      ];
      for (const [members, pointer] of refused) {
        const about = JSON.stringify(members);
        assertProblem(await client.issue(members), 422, 'terms-refused', [pointer], about);
      }
    });

    test('are refused with every field named at once', async () => {
      const members = { amount: '0.001', term: 0, rate: '-1', currency: 'EUR' };
      const pointers = ['/amount', '/term', '/rate', '/currency'];
      assertProblem(await client.issue(members), 422, 'terms-refused', pointers);
    });

    test('leave nothing behind', async () => {
      const before = objectOf(await client.outstanding('2017-08-05'));
      await client.issue({ amount: '0', reference: 'of a refused loan' });
      assert.deepEqual(objectOf(await client.outstanding('2017-08-05')), before);
      assertMembers(await client.issue({ reference: 'of a refused loan' }), 201, {});
    });

    test('may reach to the last day that there is', async () => {
      assertMembers(await client.issue({ date: '9998-12-31', term: 12 }), 201, { next_due_on: '9999-01-31' });
    });
  });

  describe('a body that is not a loan', () => {
    test('has every missing member named', async () => {
      const required = ['/amount', '/term', '/rate', '/date'];
      assertProblem(await client.post('/v1/loans', {}), 400, 'invalid-request', required);
    });

    test('has every wrong member named at once', async () => {
      const body = {
        reference: 5,
        amount: 'x',
        currency: 'DOLLAR',
        term: '12',
        rate: true,
        date: '2017-02-29',
        no: 1,
      };
      const pointers = ['/reference', '/amount', '/currency', '/term', '/rate', '/date', '/no'];
      assertProblem(await client.post('/v1/loans', body), 400, 'invalid-request', pointers);
    });

    test('is refused for members that are not known', async () => {
      for (const name of ['amounts', 'Amount', 'id', 'installment', 'loan_id', '', ' ', 'é', '__proto__']) {
        const raw = rawLoan({ [name]: '1' });
        const answer = await client.post('/v1/loans', undefined, { raw });
        assertProblem(answer, 400, 'invalid-request', [`/${name}`], raw);
      }
    });

    test('has members with ~ and / in their names pointed at as RFC 6901 writes them', async () => {
      const answer = await client.issue({ 'a/b': 1, 'c~d': 2 });
      assertProblem(answer, 400, 'invalid-request', ['/a~1b', '/c~0d']);
    });

    test('has its types taken strictly', async () => {
      const wrong: Readonly<Record<string, readonly unknown[]>> = {
        term: ['12', '', 12.5, true, null, [12], {}, 1e10, -1e10],
        amount: [true, false, null, [], ['1000.00'], {}, { value: '1000.00' }],
        rate: [true, null, [], {}, '', '5 %'],
        date: [
          20170805,
          null,
          [],
          {},
          '',
          '05/08/2017',
          '2017-8-5',
          '2017-02-29',
          '2017-13-01',
          '0000-01-01',
        ],
        reference: [1, true, [], {}, ''],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          const about = `${name}: ${JSON.stringify(value)}`;
          assertProblem(await client.issue({ [name]: value }), 400, 'invalid-request', [`/${name}`], about);
        }
      }
    });

    test('is no array, no text, no number and not null', async () => {
      for (const body of [[], [contractLoan], 'loan', 5, true, null]) {
        assertProblem(
          await client.post('/v1/loans', body),
          400,
          'invalid-request',
          [''],
          JSON.stringify(body),
        );
      }
    });
  });

  describe('a reference', () => {
    test('is held by one loan: a second one is refused and the first stays as it is', async () => {
      const first = await client.issue({ reference: 'held' });
      const second = await client.issue({ reference: 'held', amount: '5.00', term: 1 });
      assertProblem(second, 409, 'reference-taken', ['/reference']);
      assert.deepEqual((await client.get(`/v1/loans/${textOf(first, 'id')}`)).json, first.json);
    });

    test('is compared byte by byte', async () => {
      const different = [
        'a',
        'A',
        'a ',
        ' a',
        'a.',
        'á',
        'a\u0301',
        'ａ',
        '1',
        '01',
        '1.0',
        'ß',
        'ss',
        'ı',
        'i',
        'I',
      ];
      for (const reference of different) {
        assertMembers(await client.issue({ reference }), 201, { reference }, JSON.stringify(reference));
      }
      for (const reference of different) {
        const again = await client.issue({ reference });
        assertProblem(again, 409, 'reference-taken', ['/reference'], JSON.stringify(reference));
      }
    });

    test('is given to exactly one of 20 loans at once', async () => {
      const issued = Array.from({ length: 20 }, () => client.issue({ reference: 'of 20 at once' }));
      const statuses = (await Promise.all(issued)).map((answer) => answer.status);
      assert.deepEqual(statuses.sort(), [201, ...Array.from({ length: 19 }, () => 409)]);
    });

    test('has 1 to 100 characters', async () => {
      for (const reference of ['x', 'x'.repeat(100), 'é'.repeat(100)]) {
        assertMembers(await client.issue({ reference }), 201, { reference });
      }
      for (const reference of ['', 'x'.repeat(101), 'x'.repeat(10_000)]) {
        assertProblem(await client.issue({ reference }), 400, 'invalid-request', ['/reference']);
      }
    });

    test('may be of 100 characters beyond the basic plane', async () => {
      const reference = '🏦'.repeat(100);
      assertMembers(await client.issue({ reference }), 201, { reference });
    });

    test('has no control characters', async () => {
      for (const reference of ['a\u0000', '\n', 'a\tb', '\u007f', 'a\r\nb']) {
        const about = JSON.stringify(reference);
        assertProblem(await client.issue({ reference }), 400, 'invalid-request', ['/reference'], about);
      }
    });

    test('is a text, never a number, however long', async () => {
      for (const reference of [
        '5',
        '12345678901234567',
        '0.12345678901234567',
        '1e400',
        '-1.00000000000000000',
      ]) {
        const answer = await client.post('/v1/loans', undefined, { raw: rawLoan({ reference }) });
        assertProblem(answer, 400, 'invalid-request', ['/reference'], reference);
      }
    });

    test('with half a surrogate pair is refused, since no database keeps it', async () => {
      for (const reference of ['"\\ud800"', '"\\ud801"', '"a\\udfff"', '"\\ude00\\ud83d"']) {
        const answer = await client.post('/v1/loans', undefined, { raw: rawLoan({ reference }) });
        assertProblem(answer, 400, 'invalid-request', ['/reference'], reference);
      }
    });

    test('that is refused harms no loan issued at the same moment', async () => {
      const raw = ['"\\udc00"', '"\\udc01"', '"\\udc02"'].map((reference) => rawLoan({ reference }));
      const refused = raw.map((text) => client.post('/v1/loans', undefined, { raw: text }));
      const good = Array.from({ length: 20 }, () => client.issue());
      for (const answer of await Promise.all(good)) assertMembers(answer, 201, { installment: '85.60' });
      for (const answer of await Promise.all(refused)) assert.ok(answer.status < 500, answer.text);
    });
  });

  describe('an unknown loan', () => {
    test('is not found', async () => {
      const loan = await client.loan();
      const ids = [
        '01890a5d-ac96-774b-bcce-b302099a8057',
        'none',
        '1',
        '%00',
        '%F0%9F%92%B0',
        'x'.repeat(500),
      ];
      for (const id of [
        ...ids,
        loan.id.slice(1),
        `${loan.id}0`,
        loan.id.replaceAll('-', ''),
        `%20${loan.id}`,
      ]) {
        assertProblem(await client.get(`/v1/loans/${id}`), 404, 'loan-not-found', [], id);
      }
    });
  });
});
