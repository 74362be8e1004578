// Paths and methods of the James surface: three POST routes and, outside the addresses that
// DESIGN.md names, nothing else: 404 with an empty object, with or without a token.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { assertAnswer, assertBalance, assertIssued } from '../support/james-assertions.ts';
import {
  developmentTokens,
  type JamesClient,
  jamesClient,
  type Loan,
  loanText,
} from '../support/james-client.ts';
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

  const withAndWithout = [undefined, null, 'wrong'].map((authorization) =>
    authorization === undefined ? {} : { authorization },
  );

  async function assertNotFound(method: string, path: string, body?: string): Promise<void> {
    for (const options of withAndWithout) {
      const answer = await client.request(method, path, body, { ...options, raw: true });
      const about = `${method} ${path} ${'authorization' in options ? options.authorization : 'with a token'}`;
      if (method === 'HEAD') {
        assert.equal(answer.status, 404, about);
        assert.equal(answer.text, '', about);
      } else {
        assertAnswer(answer, 404, {}, about);
      }
    }
  }

  describe('an unknown path', () => {
    const paths = [
      '/loan',
      '/loanss',
      '/Loans',
      '/LOANS',
      '/loans/x',
      '/loans/x/y',
      '/loans/x/payment',
      '/loans/x/payments/y',
      '/loans/x/balances',
      '/loans/x/Balance',
      '/loans/x/balance/y',
      '/payments',
      '/balance',
      '/v0/loans',
      '/api/loans',
      '/favicon.ico',
      '/robots.txt',
      '/index.html',
      '/.env',
      '/nothing',
      '/loans%20',
      '/loans;x=1',
      '/loans.json',
      '//loans',
      '/loans//',
      '/./loans/x',
    ];
    for (const path of paths) {
      test(`is not found by POST or GET: ${path}`, async () => {
        await assertNotFound('POST', path, loanText());
        await assertNotFound('POST', path, '{');
        await assertNotFound('GET', path);
      });
    }

    test('is not found for the path of a loan itself', async () => {
      await assertNotFound('POST', `/loans/${loan.id}`, loanText());
      await assertNotFound('GET', `/loans/${loan.id}`);
      await assertNotFound('DELETE', `/loans/${loan.id}`);
    });

    test('is not found with a trailing slash', async () => {
      await assertNotFound('POST', '/loans/', loanText());
      await assertNotFound('POST', `/loans/${loan.id}/payments/`, '{}');
      await assertNotFound('POST', `/loans/${loan.id}/balance/`, '{"date":"2017-09-05"}');
      await assertNotFound('POST', `/loans/${loan.id}/`, '{}');
    });

    for (const path of ['/%', '/%zz', '/%2', '/%E0%A4%A', '/loans%', '/loans/%zz/none', '/%ff/%c0%af']) {
      test(`is not found when its percent-encoding is broken: ${path}`, async () => {
        await assertNotFound('POST', path, loanText());
        await assertNotFound('GET', path);
      });
    }

    test('is not found at the root by other methods than GET and HEAD', async () => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) await assertNotFound(method, '/', '{}');
    });

    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data',
      'text',
      ';',
      'a/b/c; d',
      'application/',
    ]) {
      test(`is not found whatever the content type: ${type}`, async () => {
        for (const [method, path] of [
          ['POST', '/nothing'],
          ['POST', '/loans/'],
          ['PUT', '/loans'],
          ['PATCH', `/loans/${loan.id}/payments`],
        ] as const) {
          for (const authorization of [developmentTokens.secretkeydev, null]) {
            const options = { authorization, headers: { 'content-type': type }, raw: true };
            assertAnswer(await client.request(method, path, '{', options), 404, {}, `${method} ${path}`);
          }
        }
        const headers = { 'content-type': type };
        assertAnswer(await client.post('/loans', '{', { authorization: null, headers, raw: true }), 403, {});
        assertAnswer(await client.post('/loans/none/balance', '{', { headers, raw: true }), 404, {});
      });
    }

    test('is not found with a very long path', async () => {
      await assertNotFound('GET', `/${'a'.repeat(4000)}`);
    });
  });

  describe('another method', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
      test(`is not found on the three routes: ${method}`, async () => {
        await assertNotFound(method, '/loans');
        await assertNotFound(method, `/loans/${loan.id}/payments`);
        await assertNotFound(method, `/loans/${loan.id}/balance`);
        await assertNotFound(method, '/loans/none/payments');
      });
    }

    test('is not found with a body, good or bad', async () => {
      for (const body of [loanText(), '{', '[]']) {
        await assertNotFound('PUT', '/loans', body);
        await assertNotFound('PATCH', `/loans/${loan.id}/payments`, body);
        await assertNotFound('DELETE', `/loans/${loan.id}/balance`, body);
      }
    });

    test('asked for in a header is not taken', async () => {
      const answer = await client.request('GET', '/loans', undefined, {
        headers: { 'x-http-method-override': 'POST', 'x-http-method': 'POST' },
      });
      assertAnswer(answer, 404, {});
    });

    test('of a browser that asks for permission is not found', async () => {
      const answer = await client.request('OPTIONS', '/loans', undefined, {
        authorization: null,
        headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
      });
      assertAnswer(answer, 404, {});
    });
  });

  describe('an unknown loan', () => {
    const ids = [
      '01890a5d-ac96-774b-bcce-b302099a8057',
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      'none',
      '1',
      '-1',
      '0',
      'x'.repeat(500),
      '%00',
      'a%00b',
      '%C3%A9',
      '%F0%9F%98%80',
      "'%20OR%20'1'='1",
      '%25',
      '..',
      '%2e%2e',
      'a%2Fb',
      '__proto__',
      'constructor',
      'null',
      'undefined',
      ':id',
      '*',
    ];
    for (const id of ids) {
      test(`is not found, even with bad JSON: ${id.slice(0, 40)}`, async () => {
        for (const body of ['{', '', '{}', '{"payment":"made","date":"2017-09-05","amount":85.6}']) {
          for (const route of ['payments', 'balance']) {
            const path = `/loans/${id}/${route}`;
            assertAnswer(await client.post(path, body, { raw: true }), 404, {}, `${path} ${body}`);
          }
        }
      });
    }

    test('is not found when its id is almost that of a loan', async () => {
      const changed = [
        loan.id.replaceAll('-', ''),
        `{${loan.id}}`,
        `${loan.id}0`,
        loan.id.slice(0, -1),
        `%20${loan.id}`,
        `${loan.id}%20`,
        `${loan.id}%00`,
        loan.id.slice(0, -1) + (loan.id.endsWith('0') ? '1' : '0'),
      ];
      for (const id of changed) {
        const path = `/loans/${encodeURI(id).replaceAll('%25', '%')}/balance`;
        assertAnswer(await client.post(path, { date: '2017-09-05' }), 404, {}, path);
      }
    });

    test('is not found with broken percent-encoding in its id', async () => {
      for (const id of ['%', '%zz', '%E0%A4%A', '%ff']) {
        for (const route of ['payments', 'balance']) {
          const path = `/loans/${id}/${route}`;
          assertAnswer(await client.post(path, { date: '2017-09-05' }), 404, {}, path);
          const without = await client.post(path, { date: '2017-09-05' }, { authorization: null });
          assert.ok(without.status === 404 || without.status === 403, `${path} ${without.status}`);
          assert.deepEqual(without.json, {}, path);
        }
      }
    });

    test('is not found with an empty id', async () => {
      for (const route of ['payments', 'balance']) {
        assertAnswer(await client.post(`/loans//${route}`, '{', { raw: true }), 404, {});
      }
    });
  });

  describe('after all that', () => {
    test('the server still serves', async () => {
      assertIssued(await client.issue(), '85.6');
      assertBalance(await client.balance(loan, '2017-08-05'), '1027.2');
    });
  });
});
