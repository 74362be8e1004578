// Bodies of the James surface as bytes: what is JSON and what is not, whatever the content type
// says, and that no body, however large or odd, takes the server down.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import {
  assertAnswer,
  assertFieldsRefused,
  assertInvalidJson,
  assertIssued,
  assertPaymentAdded,
} from '../support/james-assertions.ts';
import { type Answer, type JamesClient, jamesClient, type Loan, loanText } from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: JamesClient;
  let loan: Loan;

  before(async () => {
    service = await startService({ engine });
    client = jamesClient(service.url);
    loan = await client.loan();
  });
  after(async () => {
    await service?.stop();
  });

  const limitBytes = 1_048_576;

  function raw(
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return client.post(path, body, { raw: true, headers });
  }

  /** Bytes between the quotes of an unknown member of a body that is correct otherwise. */
  function around(bytes: readonly number[]): Uint8Array {
    const text = loanText();
    return Buffer.concat([
      Buffer.from(`${text.slice(0, -1)},"note":"`),
      Buffer.from(bytes),
      Buffer.from('"}'),
    ]);
  }

  async function assertAlive(): Promise<void> {
    assertIssued(await client.issue(), '85.6', 'afterwards POST /loans');
  }

  describe('a body that is not JSON', () => {
    const malformed = [
      '',
      ' ',
      '\n',
      '{',
      '}',
      'text',
      "'{}'",
      `${loanText()}}`,
      `${loanText()} x`,
      `${loanText()}${loanText()}`,
      `x${loanText()}`,
      loanText().slice(0, -1),
      loanText().replaceAll('"', "'"),
      loanText().replace('}', ',}'),
      loanText().replace('{', '{,'),
      loanText().replace(',', ',,'),
      loanText().replace(':', '='),
      loanText().replace(',', ' '),
      loanText().replace('"amount"', 'amount'),
      loanText({ amount: '01000' }),
      loanText({ amount: '+1000' }),
      loanText({ amount: '1000.' }),
      loanText({ amount: '.5' }),
      loanText({ amount: '0x3e8' }),
      loanText({ amount: '1e' }),
      loanText({ amount: '1e+' }),
      loanText({ amount: '-' }),
      loanText({ amount: '--1' }),
      loanText({ amount: '1_000' }),
      loanText({ amount: '1,000' }),
      loanText({ amount: 'nan' }),
      loanText({ amount: 'True' }),
      loanText({ amount: 'None' }),
      loanText({ amount: 'nul' }),
      loanText({ amount: '' }),
      loanText({ amount: '/* much */ 1000' }),
      loanText({ note: '"a\nb"' }),
      loanText({ note: '"a\tb"' }),
      loanText({ note: '"\u0000"' }),
      loanText({ note: '"\\x41"' }),
      loanText({ note: '"\\u00zz"' }),
      loanText({ note: '"\\u12"' }),
      loanText({ note: '"open' }),
      loanText({ note: '[1,2' }),
      loanText({ note: '[1,]' }),
      loanText({ note: '[1}' }),
      loanText({ note: '{"a"}' }),
      loanText({ note: '{1:"a"}' }),
      `\u00a0${loanText()}`,
      `\f${loanText()}`,
      `\v${loanText()}`,
      `${loanText()}\u0000`,
      `amount=1000&term=12&rate=0.05&date=2017-08-05`,
      `<loan/>`,
    ];
    for (const body of malformed) {
      test(`is refused: ${JSON.stringify(body)}`, async () => {
        assertInvalidJson(await raw('/loans', body));
      });
    }

    test('is refused on the routes of a loan as well', async () => {
      for (const body of ['', '{', 'text', '{"date":"2017-09-05"', "{'date':'2017-09-05'}"]) {
        assertInvalidJson(await raw(`/loans/${loan.id}/payments`, body), body);
        assertInvalidJson(await raw(`/loans/${loan.id}/balance`, body), body);
      }
    });

    test('is refused when it is empty, with and without a length', async () => {
      assertInvalidJson(await client.post('/loans', undefined));
      assertInvalidJson(await client.post('/loans', '', { raw: true, chunked: true }));
      assertInvalidJson(
        await client.post('/loans', '', { raw: true, headers: { 'content-type': 'application/json' } }),
      );
    });
  });

  describe('a body that is JSON but no object', () => {
    for (const body of [
      '[]',
      `[${loanText()}]`,
      '"text"',
      '""',
      '0',
      '1',
      '1.5',
      '-1e3',
      'null',
      'true',
      'false',
    ]) {
      test(`is Invalid JSON: ${body}`, async () => {
        assertInvalidJson(await raw('/loans', body));
        assertInvalidJson(await raw(`/loans/${loan.id}/payments`, body));
        assertInvalidJson(await raw(`/loans/${loan.id}/balance`, body));
      });
    }
  });

  describe('a body that is not UTF-8', () => {
    const broken: Readonly<Record<string, readonly number[]>> = {
      'a lone byte FF': [0xff],
      'a letter of Latin-1': [0xe9],
      'a continuation byte alone': [0x80],
      'a sequence cut short': [0xe2, 0x82],
      'an overlong slash': [0xc0, 0xaf],
      'an encoded surrogate': [0xed, 0xa0, 0x80],
      'a code point past U+10FFFF': [0xf4, 0x90, 0x80, 0x80],
    };
    for (const [what, bytes] of Object.entries(broken)) {
      test(`is refused: ${what}`, async () => {
        assertInvalidJson(await raw('/loans', around(bytes)));
      });
    }

    test('is refused in UTF-16, with and without a mark', async () => {
      const text = loanText();
      assertInvalidJson(await raw('/loans', Buffer.from(`\ufeff${text}`, 'utf16le')));
      assertInvalidJson(await raw('/loans', Buffer.from(text, 'utf16le')));
    });

    test('is refused even when the content type names its encoding', async () => {
      assertInvalidJson(
        await raw('/loans', around([0xe9]), { 'content-type': 'application/json; charset=iso-8859-1' }),
      );
    });

    test('is refused on the routes of a loan as well', async () => {
      assertInvalidJson(await raw(`/loans/${loan.id}/payments`, around([0xff])));
      assertInvalidJson(await raw(`/loans/${loan.id}/balance`, around([0xff])));
    });
  });

  describe('an odd body that is JSON', () => {
    test('with letters of all lengths in UTF-8 is read', async () => {
      assertIssued(await client.issue({ note: '"é€😀\u007f\u2028"' }), '85.6');
    });

    test('with white space around and between is read', async () => {
      const text = loanText({ date: '"2017-08-05"' }).replaceAll(':', ' :\t').replaceAll(',', '\r\n, ');
      assertIssued(await raw('/loans', ` \t\r\n${text}\n\n`), '85.6');
    });

    test('with escapes in its keys is read by what they mean', async () => {
      assertIssued(await raw('/loans', loanText().replace('"amount"', '"\\u0061moun\\u0074"')), '85.6');
    });

    test('with escapes in its strings is read by what they mean', async () => {
      assertIssued(await client.issue({ amount: '"\\u0031000"', date: '"2017\\u002d08-05"' }), '85.6');
    });

    test('with a byte order mark is read or is Invalid JSON, and the server lives on', async () => {
      const answer = await raw('/loans', `\ufeff${loanText()}`);
      if (answer.status === 200) assertIssued(answer, '85.6');
      else assertInvalidJson(answer);
      await assertAlive();
    });

    test('with a key given twice gets an answer of the contract', async () => {
      const twice = [
        loanText().replace('{', '{"amount":1000,'),
        loanText().replace('{', '{"amount":"text",'),
        loanText().replace('}', ',"date":"2017-08-05 02:18Z"}'),
      ];
      for (const body of twice) {
        const answer = await raw('/loans', body);
        if (answer.status === 200) assertIssued(answer, '85.6', body);
        else assert.equal(answer.status, 400, `${body} answered ${answer.status} ${answer.text}`);
      }
      await assertAlive();
    });

    test('with keys that JavaScript knows ignores them', async () => {
      const extra =
        '"__proto__":{"amount":5},"constructor":{"prototype":{"term":1}},"toString":1,"hasOwnProperty":null';
      assertIssued(await raw('/loans', loanText().replace('{', `{${extra},`)), '85.6');
    });

    test('does not take its fields from __proto__', async () => {
      const answer = await raw('/loans', `{"__proto__":${loanText()}}`);
      assertFieldsRefused(answer, {
        amount: 'Required',
        term: 'Required',
        rate: 'Required',
        date: 'Required',
      });
    });

    test('has its keys compared exactly', async () => {
      const answer = await raw('/loans', loanText().replace('amount', 'Amount').replace('term', 'term '));
      assertFieldsRefused(answer, { amount: 'Required', term: 'Required' });
    });

    test('with a lone surrogate written as an escape does no harm', async () => {
      for (const member of [{ note: '"\\ud800"' }, { amount: '"\\ud800"' }, { date: '"\\udfff"' }]) {
        const answer = await client.issue(member);
        assert.ok(answer.status === 200 || answer.status === 400, `${answer.status} ${answer.text}`);
      }
      await assertAlive();
    });

    test('nested very deep does no harm', async () => {
      const depth = 200_000;
      assertInvalidJson(await raw('/loans', '['.repeat(depth)), 'unclosed lists');
      assertInvalidJson(await raw('/loans', '{"a":'.repeat(depth)), 'unclosed objects');
      assertInvalidJson(await raw('/loans', '['.repeat(depth) + ']'.repeat(depth)), 'lists');
      const answer = await client.issue({ note: '['.repeat(depth) + ']'.repeat(depth) });
      assert.ok(answer.status === 200 || answer.status === 400, `${answer.status} ${answer.text}`);
      await assertAlive();
    });
  });

  describe('the content type', () => {
    const types = [
      'application/json',
      'application/json; charset=utf-8',
      'application/json; charset=utf-16',
      'text/plain',
      'text/html; charset=iso-8859-1',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/xml',
      'application/octet-stream',
      'application/vnd.api+json',
      'text',
      ';',
      '*/*',
      'application/',
      'a/b/c; d',
    ];
    for (const type of types) {
      test(`does not matter: ${type}`, async () => {
        const headers = { 'content-type': type };
        const own = await client.loan();
        assertIssued(await raw('/loans', loanText(), headers), '85.6');
        assertPaymentAdded(await client.pay(own, '2017-09-05', {}, { headers }));
        assertAnswer(await client.balance(own, '2017-09-05', { headers }), 200, { balance: 941.6 });
        assertInvalidJson(await raw('/loans', 'amount=1000', headers));
      });
    }

    test('may be missing', async () => {
      const answer = await raw('/loans', loanText());
      assertIssued(answer, '85.6');
    });

    test('does not matter for a body sent in chunks', async () => {
      const answer = await client.post('/loans', loanText(), { raw: true, chunked: true });
      assertIssued(answer, '85.6');
    });
  });

  describe('the size of a body', () => {
    const padded = (size: number) => loanText().padEnd(size, ' ');

    test('of exactly 1 MiB is read', async () => {
      assertIssued(await raw('/loans', padded(limitBytes)), '85.6');
    });

    test('of one byte more is refused with 413 on every route, and the server lives on', async () => {
      for (const path of ['/loans', `/loans/${loan.id}/payments`, `/loans/${loan.id}/balance`]) {
        assert.equal((await raw(path, padded(limitBytes + 1))).status, 413, path);
      }
      await assertAlive();
    });

    // A server that closes without reading on breaks the sending of a much larger body, and then its
    // answer can be lost on the way; what holds is that nothing is issued and that it lives on.
    for (const size of [2 * limitBytes, 8 * limitBytes, 64 * limitBytes]) {
      test(`of ${size} bytes is refused, and the server lives on`, async () => {
        for (let count = 0; count < 5; count += 1) {
          const status = await raw('/loans', padded(size)).then(
            (answer) => answer.status,
            (error: NodeJS.ErrnoException) => error.code,
          );
          assert.ok([413, 'EPIPE', 'ECONNRESET'].includes(status ?? ''), String(status));
        }
        await assertAlive();
      });
    }

    test('over 1 MiB is refused when it is sent in chunks without a length', async () => {
      const answer = await client.post('/loans', padded(limitBytes + 1), { raw: true, chunked: true });
      assert.equal(answer.status, 413);
      await assertAlive();
    });

    test('keeps large bodies that come at once from each other', async () => {
      const broken = '['.repeat(1_000_000);
      const amounts = Array.from({ length: 12 }, (_, index) => String(1000 * (index + 1)));
      const expected = ['85.6', '171.21', '256.82', '342.42', '428.03', '513.64'];
      const answers = await Promise.all(
        amounts.map((amount, index) =>
          raw('/loans', index < 6 ? loanText({ amount }).padEnd(900_000, ' ') : broken),
        ),
      );
      for (const [index, answer] of answers.entries()) {
        if (index < 6) assertIssued(answer, expected[index] ?? '');
        else assertInvalidJson(answer);
      }
    });

    test('over 1 MiB without a token does no harm', async () => {
      const answer = await client.post('/loans', padded(2 * limitBytes), { raw: true, authorization: null });
      assert.ok(answer.status === 403 || answer.status === 413, `${answer.status} ${answer.text}`);
      await assertAlive();
    });
  });
});
