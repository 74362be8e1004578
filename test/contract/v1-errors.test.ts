// What every address of /v1 has in common: who may call, request ids, bodies that are no JSON or too large, addresses
// that are not there; and that the type of each problem is an address that explains it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf, textOf, uuidVersion7 } from '../support/v1-assertions.ts';
import {
  contractLoan,
  type V1Answer,
  type V1Client,
  type V1Options,
  v1Client,
} from '../support/v1-client.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;
  let loanId: string;

  before(async () => {
    service = await startService({ engine });
    client = v1Client(service.url);
    loanId = (await client.loan({ reference: 'first' })).id;
  });
  after(async () => {
    await service?.stop();
  });

  const limitBytes = 1_048_576;
  const loanText = JSON.stringify(contractLoan);

  type Request = readonly [method: string, path: string, body?: unknown];

  function everyRoute(): Request[] {
    return [
      ['POST', '/v1/loans', contractLoan],
      ['GET', `/v1/loans/${loanId}`],
      ['POST', `/v1/loans/${loanId}/payments`, { payment: 'made', date: '2017-09-05' }],
      ['GET', `/v1/loans/${loanId}/balance?as_of=2017-09-05`],
      ['POST', '/v1/quotes', contractLoan],
      ['GET', '/v1/book/outstanding'],
      ['GET', '/v1/book/arrears'],
    ];
  }

  function postRoutes(): string[] {
    return ['/v1/loans', `/v1/loans/${loanId}/payments`, '/v1/quotes'];
  }

  function send([method, path, body]: Request, options: V1Options): Promise<V1Answer> {
    return client.request(method, path, body, options);
  }

  function withAuthorization(request: Request, authorization: string): Promise<V1Answer> {
    return send(request, { key: null, headers: { authorization } });
  }

  describe('a request without a valid key', () => {
    test('is refused with 401 and the scheme to use, on every address', async () => {
      for (const request of everyRoute()) {
        const answer = await send(request, { key: null });
        assertProblem(answer, 401, 'unauthorized', [], request[1]);
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer\b/, request[1]);
      }
    });

    test('is refused whatever its Authorization header says', async () => {
      const token = 'c3d09a8c8b5d4ee86daa9d7926cccff543b55cb71bd0dfdc8ef5b2eff096f449';
      const headers = [
        'secretkeydev',
        token,
        `Bearer ${token}`,
        'Bearer',
        'Bearer ',
        'Bearer wrong',
        'Bearer secretkeydev2',
        'Bearer SECRETKEYDEV',
        'Bearer secretkeydev, Bearer wrong',
        'Bearer secretkeydev wrong',
        'Basic c2VjcmV0a2V5ZGV2',
        'Basic secretkeydev',
        'Token secretkeydev',
        `Bearer ${'x'.repeat(5000)}`,
      ];
      for (const authorization of headers) {
        const answer = await withAuthorization(['GET', '/v1/book/outstanding'], authorization);
        assertProblem(answer, 401, 'unauthorized', [], authorization.slice(0, 60));
      }
    });

    test('is refused before anything is said of its body or its address', async () => {
      const post = (path: string) => client.request('POST', path, undefined, { key: null, raw: '{' });
      assertProblem(await post('/v1/loans'), 401, 'unauthorized');
      assertProblem(await post('/v1/loans/none/payments'), 401, 'unauthorized');
      const large = await client.post('/v1/loans', undefined, { key: null, raw: ' '.repeat(limitBytes + 1) });
      assert.ok(large.status === 401 || large.status === 413, large.text);
    });

    test('records nothing', async () => {
      const before = objectOf(await client.outstanding('2017-12-31'));
      for (const request of everyRoute()) await send(request, { key: 'wrong' });
      assert.deepEqual(objectOf(await client.outstanding('2017-12-31')), before);
    });
  });

  describe('a request with a valid key', () => {
    test('is served with either key of development', async () => {
      for (const key of ['secretkeydev', 'seekrit']) {
        assert.equal((await client.get('/v1/book/outstanding', { key })).status, 200, key);
      }
    });

    test('is served however the scheme is written', async () => {
      for (const authorization of ['bearer secretkeydev', 'BEARER secretkeydev', 'Bearer  secretkeydev']) {
        const answer = await withAuthorization(['GET', '/v1/book/outstanding'], authorization);
        assert.equal(answer.status, 200, authorization);
      }
    });
  });

  describe('the id of a request', () => {
    test('is taken from X-Request-Id and returned, also in a problem', async () => {
      const given = 'req-2017.08/05_~!';
      const headers = { 'x-request-id': given };
      for (const request of everyRoute()) {
        const answer = await send(request, { headers });
        assert.equal(answer.headers.get('x-request-id'), given, request[1]);
      }
      const unknown = await client.get('/v1/loans/none', { headers });
      assert.equal(textOf(unknown, 'request_id'), given);
      const nowhere = await client.get('/v1/nowhere', { headers });
      assert.equal(textOf(nowhere, 'request_id'), given);
      const refused = await client.get('/v1/book/outstanding', { key: null, headers });
      assert.equal(textOf(refused, 'request_id'), given);
    });

    test('is made where none is given, another one each time', async () => {
      const ids = new Set<string>();
      for (let count = 0; count < 20; count += 1) {
        const answer = await client.get('/v1/loans/none');
        assertProblem(answer, 404, 'loan-not-found');
        assert.match(textOf(answer, 'request_id'), uuidVersion7);
        ids.add(textOf(answer, 'request_id'));
      }
      assert.equal(ids.size, 20);
    });

    test('is made where the given one is too long or has other than visible ASCII characters', async () => {
      for (const given of ['', 'x'.repeat(101), 'a b', 'é', 'a\tb', 'x'.repeat(5000)]) {
        const answer = await client.get('/v1/loans/none', { headers: { 'x-request-id': given } });
        assertProblem(answer, 404, 'loan-not-found');
        assert.match(textOf(answer, 'request_id'), uuidVersion7, given);
      }
    });
  });

  describe('an address that is not there', () => {
    test('is a problem under /v1', async () => {
      const paths = ['/v1', '/v1/', '/v1/nothing', '/v1/loan', '/v1/Loans', '/v1/loans/x/y'];
      for (const path of [...paths, '/v1/loans/x/payments/y', '/v1/book', '/v1/book/', '/v1/payments']) {
        assertProblem(await client.get(path), 404, 'not-found', [], path);
      }
      assertProblem(await client.post('/v1/nothing', {}), 404, 'not-found');
    });

    test('is a problem under /v1 also when its percent-encoding is broken', async () => {
      for (const path of ['/v1/%zz', '/v1/loans/%zz', '/v1/loans/%ff/balance', '/v1/loans/%']) {
        const answer = await client.get(path);
        assert.equal(answer.status, 404, path);
        assert.equal(textOf(answer, 'type'), '/problems/not-found', path);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json(;|$)/, path);
      }
    });

    test('is so for another method', async () => {
      for (const [method, path] of [
        ['PUT', '/v1/loans'],
        ['DELETE', `/v1/loans/${loanId}`],
        ['PATCH', `/v1/loans/${loanId}`],
        ['GET', '/v1/quotes'],
        ['POST', '/v1/book/outstanding'],
        ['DELETE', `/v1/loans/${loanId}/payments`],
      ] as const) {
        assertProblem(await client.request(method, path), 404, 'not-found', [], `${method} ${path}`);
      }
    });

    test('is not one for HEAD where GET is served', async () => {
      const answer = await client.request('HEAD', '/v1/book/outstanding');
      assert.equal(answer.status, 200);
      assert.equal(answer.text, '');
    });
  });

  describe('a body', () => {
    test('that is no JSON is refused', async () => {
      const bodies = [
        '',
        ' ',
        '{',
        '}',
        '{]',
        "{'a':1}",
        '{"amount":1000,}',
        `${loanText}x`,
        `${loanText}{}`,
      ];
      const more = [
        'nul',
        'NaN',
        '{"amount":NaN}',
        '{"amount":01}',
        '{"amount":.5}',
        '{"amount":+1}',
        '"\u0001"',
      ];
      for (const path of postRoutes()) {
        for (const raw of [...bodies, ...more, `\uFEFF${loanText}`, '<loan/>', 'amount=1000&term=12']) {
          const answer = await client.post(path, undefined, { raw });
          assertProblem(answer, 400, 'invalid-request', [], `${path} ${raw}`);
        }
      }
    });

    test('that is no UTF-8 is refused', async () => {
      const bytes = [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]];
      for (const wrong of bytes) {
        const text = '{"reference":"?","amount":"1000.00","term":12,"rate":"0.05","date":"2017-08-05"}';
        const at = text.indexOf('?');
        const raw = Buffer.concat([
          Buffer.from(text.slice(0, at)),
          Buffer.from(wrong),
          Buffer.from(text.slice(at + 1)),
        ]);
        const answer = await client.post('/v1/loans', undefined, { raw: new Uint8Array(raw) });
        assertProblem(answer, 400, 'invalid-request', [], wrong.join(' '));
      }
      const utf16 = new Uint8Array(Buffer.from(loanText, 'utf16le'));
      assertProblem(await client.post('/v1/loans', undefined, { raw: utf16 }), 400, 'invalid-request');
    });

    test('that is missing is refused', async () => {
      for (const path of postRoutes()) {
        const answer = await client.post(path, undefined, { contentType: null });
        assert.equal(answer.status, 400, answer.text);
        assert.equal(textOf(answer, 'type'), '/problems/invalid-request');
      }
    });

    test('that is not sent as JSON is refused with 415', async () => {
      const types = [
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/xml',
        'text/json',
        'json',
        null,
      ];
      for (const path of postRoutes()) {
        for (const contentType of types) {
          const answer = await client.post(path, undefined, { raw: loanText, contentType });
          assertProblem(answer, 415, 'unsupported-media-type', [], `${path} ${contentType}`);
        }
      }
    });

    test('may be sent with a charset and in whatever case', async () => {
      for (const contentType of [
        'application/json; charset=utf-8',
        'application/json;charset=UTF-8',
        'Application/JSON',
      ]) {
        const answer = await client.post('/v1/quotes', undefined, { raw: loanText, contentType });
        assertMembers(answer, 200, { installment: '85.60' }, contentType);
      }
    });

    test('may have 1 MiB, and one byte more is refused with 413', async () => {
      const raw = loanText.padEnd(limitBytes, ' ');
      assertMembers(await client.post('/v1/loans', undefined, { raw }), 201, { installment: '85.60' });
      for (const path of postRoutes()) {
        assertProblem(
          await client.post(path, undefined, { raw: `${raw} ` }),
          413,
          'body-too-large',
          [],
          path,
        );
      }
    });

    test('that is large is read as exactly and as strictly as a small one', async () => {
      const post = (text: string) => client.post('/v1/quotes', undefined, { raw: text.padEnd(200_000, ' ') });
      const large = '{"amount":123456789012.34,"term":12,"rate":0.05,"date":"2017-08-05"';
      assertMembers(await post(`${large}}`), 200, { installment: '10568824817.03' });
      assertProblem(await post(`${large},"no":{"a":[1]}}`), 400, 'invalid-request', ['/no']);
      assertProblem(await post(`${large},"amount":[1]}`), 400, 'invalid-request', ['/amount']);
      assertProblem(await post(`${large},"term":"12"}`), 400, 'invalid-request', ['/term']);
      assertProblem(await post(`${large}`), 400, 'invalid-request');
      assertProblem(await post('[]'), 400, 'invalid-request', ['']);
    });
  });

  describe('the type of a problem', () => {
    async function provokedTypes(): Promise<Set<string>> {
      const paidOff = (await client.loan({ term: 1 })).id;
      await client.paid(paidOff, '2017-09-05');
      const provoked = [
        client.post('/v1/loans', {}),
        client.get('/v1/book/outstanding', { key: null }),
        client.get('/v1/nothing'),
        client.get('/v1/loans/none'),
        client.post('/v1/loans', undefined, { raw: ' '.repeat(limitBytes + 1) }),
        client.post('/v1/loans', undefined, { raw: loanText, contentType: 'text/plain' }),
        client.issue({ term: 0 }),
        client.issue({ reference: 'first' }),
        client.balance(paidOff, '2017-08-04'),
        client.pay(paidOff, '2017-09-05', { amount: '1.00' }),
        client.pay(paidOff, '2017-09-05'),
        client.pay(paidOff, '2017-10-05'),
      ];
      return new Set((await Promise.all(provoked)).map((answer) => textOf(answer, 'type')));
    }

    test('is an address where a text explains it, without a key', async () => {
      const types = await provokedTypes();
      assert.equal(types.size, 12, [...types].join(' '));
      for (const type of types) {
        const response = await fetch(new URL(type, client.url));
        assert.equal(response.status, 200, type);
        assert.match(response.headers.get('content-type') ?? '', /^text\//, type);
        assert.ok((await response.text()).trim().length > 20, type);
      }
    });

    test('comes with the status and the title that its text names', async () => {
      const answer = await client.issue({ term: 0 });
      const text = await (await fetch(new URL(textOf(answer, 'type'), client.url))).text();
      assert.ok(text.includes('422'), text);
      assert.ok(text.includes(textOf(answer, 'title')), text);
    });
  });

  describe('after all that', () => {
    test('the server still serves', async () => {
      const response = await fetch(new URL('/healthz', client.url));
      assert.deepEqual([response.status, await response.json()], [200, { status: 'ok' }]);
      assertMembers(await client.issue(), 201, { installment: '85.60' });
    });
  });
});
