// Thousands of random and nasty requests to every address of both surfaces, and bytes that are no HTTP: never a 5xx,
// never an answer that is not JSON as the OpenAPI document has it, and the same process answers all along.
// A failure prints its seed and its smallest request; FC_SEED=… repeats it.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, type TestContext, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { assertIssued } from '../support/james-assertions.ts';
import { type Answer, type JamesClient, jamesClient, type RequestOptions } from '../support/james-client.ts';
import { type AnswerCheck, answerCheck } from '../support/openapi-answers.ts';
import { fc } from '../support/properties.ts';
import { type Service, startService } from '../support/service.ts';
import { bodyText, idText, jsonText, largeBodies, queryText } from '../support/wild-requests.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let james: JamesClient;
  let v1: JamesClient;
  let checked: AnswerCheck;
  let loanId: string;

  before(async () => {
    service = await startService({ engine });
    james = jamesClient(service.url);
    v1 = jamesClient(service.url, 'Bearer secretkeydev');
    checked = await answerCheck(service.url);
    loanId = (await james.loan()).id;
  });
  after(async () => {
    await service?.stop();
  });

  const seed = fc.readConfigureGlobal()?.seed ?? randomInt(2 ** 31);

  type Surface = 'james' | 'v1';
  type Route = {
    readonly surface: Surface;
    readonly path: (id: string) => string;
    /** Members that the address takes, as JSON texts; undefined for a question. */
    readonly members?: Readonly<Record<string, string>>;
    readonly parameters?: readonly string[];
  };

  const terms = { amount: '"1000.00"', term: '12', rate: '"0.05"', date: '"2017-08-05"' };
  const payment = { payment: '"made"', date: '"2017-09-05"', amount: '85.6' };

  const routes: readonly Route[] = [
    { surface: 'james', path: () => '/loans', members: terms },
    { surface: 'james', path: (id) => `/loans/${id}/payments`, members: payment },
    { surface: 'james', path: (id) => `/loans/${id}/balance`, members: { date: '"2017-09-05"' } },
    { surface: 'v1', path: () => '/v1/loans', members: { ...terms, reference: '"R-1"', currency: '"USD"' } },
    { surface: 'v1', path: (id) => `/v1/loans/${id}/payments`, members: { ...payment, currency: '"USD"' } },
    { surface: 'v1', path: () => '/v1/quotes', members: { ...terms, currency: '"USD"' } },
    { surface: 'v1', path: (id) => `/v1/loans/${id}`, parameters: ['as_of'] },
    { surface: 'v1', path: (id) => `/v1/loans/${id}/balance`, parameters: ['as_of'] },
    { surface: 'v1', path: () => '/v1/book/outstanding', parameters: ['as_of'] },
    { surface: 'v1', path: () => '/v1/book/arrears', parameters: ['as_of', 'buckets'] },
  ];

  function posts(): (Route & { readonly members: Readonly<Record<string, string>> })[] {
    return routes.flatMap((route) =>
      route.members === undefined ? [] : [{ ...route, members: route.members }],
    );
  }

  /** Sends a request and demands an answer that is no 5xx and is as the document has it. */
  async function decentAnswer(
    surface: Surface,
    method: string,
    path: string,
    body?: string | Uint8Array,
    options: RequestOptions = {},
  ): Promise<Answer> {
    const client = surface === 'james' ? james : v1;
    const headers = surface === 'v1' && body !== undefined ? { 'content-type': 'application/json' } : {};
    const answer = await client.request(method, path, body, { raw: true, headers, ...options });
    const about = `${method} ${path.slice(0, 200)} answered ${answer.status} ${answer.text.slice(0, 300)}`;
    assert.ok(answer.status >= 200 && answer.status < 500, about);
    assert.notEqual(answer.json, undefined, about);
    const mediaType = answer.headers['content-type'] ?? '';
    assert.match(mediaType, /^application\/(problem\+)?json(;|$)/, about);
    checked.check(method, path, { ...answer, mediaType });
    return answer;
  }

  async function assertAlive(): Promise<void> {
    const { url, pid } = service ?? assert.fail('no service');
    process.kill(pid, 0);
    const response = await fetch(new URL('/healthz', url));
    assert.deepEqual([response.status, await response.json()], [200, { status: 'ok' }]);
  }

  /** Runs a property from the seed of this run and says which it was. */
  async function holds<Ts>(t: TestContext, numRuns: number, property: fc.IAsyncProperty<Ts>): Promise<void> {
    t.diagnostic(`FC_SEED=${seed}`);
    await fc.assert(property, { seed, numRuns });
    await assertAlive();
  }

  describe('random bodies', () => {
    for (const { surface, path, members } of posts()) {
      test(`to ${path(':id')} are answered`, async (t) => {
        const property = fc.asyncProperty(bodyText(members), async (body) => {
          await decentAnswer(surface, 'POST', path(loanId), body);
        });
        await holds(t, 300, property);
      });
    }

    test('for loans that do not exist, by any name, are answered', async (t) => {
      const route = fc.constantFrom(...routes.filter(({ path }) => path('x') !== path('y')));
      const property = fc.asyncProperty(route, idText, jsonText, async (one, id, body) => {
        const path = one.path(id);
        if (one.members === undefined) await decentAnswer(one.surface, 'GET', path);
        else await decentAnswer(one.surface, 'POST', path, body);
      });
      await holds(t, 300, property);
    });

    test('under any content type are answered', async (t) => {
      const types = [
        'application/json',
        'text/plain',
        'application/json; charset=utf-16',
        'a',
        ';',
        'multipart/form-data',
      ];
      const property = fc.asyncProperty(
        fc.constantFrom(...posts()),
        fc.constantFrom(...types),
        jsonText,
        async ({ surface, path }, type, body) => {
          await decentAnswer(surface, 'POST', path(loanId), body, { headers: { 'content-type': type } });
        },
      );
      await holds(t, 200, property);
    });

    test('of any bytes are answered', async (t) => {
      const property = fc.asyncProperty(
        fc.constantFrom(...posts()),
        fc.uint8Array({ maxLength: 300 }),
        fc.boolean(),
        async ({ surface, path }, body, chunked) => {
          const headers = { 'content-type': 'application/json' };
          await decentAnswer(surface, 'POST', path(loanId), body, { headers, chunked });
        },
      );
      await holds(t, 200, property);
    });
  });

  describe('random questions', () => {
    for (const { path, parameters } of routes) {
      if (parameters === undefined) continue;
      test(`to ${path(':id')} are answered`, async (t) => {
        const property = fc.asyncProperty(queryText(parameters), async (query) => {
          await decentAnswer('v1', 'GET', `${path(loanId)}?${query}`);
        });
        await holds(t, 200, property);
      });
    }
  });

  describe('random headers', () => {
    test('are answered', async (t) => {
      const value = fc.stringMatching(/^[\x20-\x7e\xa0-\xff]{0,80}$/);
      const names = [
        'authorization',
        'x-request-id',
        'accept',
        'content-encoding',
        'if-match',
        'range',
        'cookie',
      ];
      const property = fc.asyncProperty(
        fc.constantFrom(...posts()),
        fc.dictionary(fc.constantFrom(...names), value),
        async ({ surface, path, members }, headers) => {
          const body = `{${Object.entries(members).map(([name, text]) => `"${name}":${text}`)}}`;
          const type = { 'content-type': 'application/json' };
          const { authorization, ...others } = headers;
          const options = { headers: { ...type, ...others } };
          const withKey = authorization === undefined ? options : { ...options, authorization };
          await decentAnswer(surface, 'POST', path(loanId), body, withKey);
        },
      );
      await holds(t, 200, property);
    });
  });

  describe('a body of up to 1 MiB', () => {
    for (const { surface, path, members } of posts()) {
      test(`to ${path(':id')} is answered, whatever is in it`, async () => {
        const member = Object.keys(members)[0] ?? assert.fail();
        for (const [special, body] of Object.entries(largeBodies(member))) {
          const answer = await decentAnswer(surface, 'POST', path(loanId), body);
          assert.ok(answer.text.length < 3 * 1_048_576, `${special}: ${answer.text.length} characters`);
        }
        await assertAlive();
      });
    }

    test('harms no request beside it', async () => {
      const large = Object.values(largeBodies('amount'));
      const answers = large.map((body, index) =>
        decentAnswer(
          index % 2 === 0 ? 'james' : 'v1',
          'POST',
          index % 2 === 0 ? '/loans' : '/v1/loans',
          body,
        ),
      );
      const loans = Array.from({ length: 50 }, () => james.issue());
      const padded = Array.from({ length: 5 }, () =>
        james.post('/loans', `{"amount":1000,"term":12,"rate":0.05,"date":"2017-08-05"}`.padEnd(500_000), {
          raw: true,
        }),
      );
      for (const loan of await Promise.all([...loans, ...padded])) assertIssued(loan, '85.6');
      await Promise.all(answers);
      await assertAlive();
    });
  });

  describe('bytes on the socket', () => {
    /** All that comes back for these bytes until the server closes the connection, or says no more. */
    function exchange(bytes: string | Uint8Array): Promise<string> {
      const { hostname, port } = new URL(service?.url ?? assert.fail('no service'));
      return new Promise((settle) => {
        let received = '';
        const socket = connect({ host: hostname, port: Number(port) });
        socket.setTimeout(10_000, () => socket.destroy());
        socket.setEncoding('latin1');
        socket.on('data', (text: string) => {
          received += text;
        });
        // A connection that is reset is an answer too: what counts is that the process goes on.
        socket.on('error', () => socket.destroy());
        socket.on('close', () => settle(received));
        socket.end(bytes);
      });
    }

    async function assertRefusedOrClosed(bytes: string | Uint8Array): Promise<void> {
      const received = await exchange(bytes);
      for (const [line] of received.matchAll(/^HTTP\/1\.1 \d{3}.*$/gm)) {
        assert.doesNotMatch(line, / 5\d\d /, `${JSON.stringify(String(bytes).slice(0, 200))} got ${line}`);
      }
      if (received !== '') assert.match(received, /^HTTP\/1\.1 \d{3} /, received.slice(0, 200));
    }

    const head = 'POST /loans HTTP/1.1\r\nHost: x\r\n';
    const nasty = [
      '',
      '\r\n\r\n',
      '\u0000'.repeat(1000),
      'GET',
      'GET /healthz\r\n\r\n',
      'GET /healthz HTTP/9.9\r\n\r\n',
      'GET  /healthz HTTP/1.1\r\n\r\n',
      'GET /healthz HTTP/1.1\r\n\r\n',
      'GET http://example.com/v1/loans HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET //v1/loans HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET ?as_of=1 HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
      'CONNECT james:443 HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /v1/loans/\u00ff\u00fe HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
      `${head}Content-Length: -1\r\n\r\n{}`,
      `${head}Content-Length: 99999999999999999999\r\n\r\n{}`,
      `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
      `${head}Content-Length: 1000\r\n\r\n{}`,
      `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      `${head}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}`,
      `${head}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      `${head}X-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
      `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
      `${head}${Array.from({ length: 5000 }, (_, index) => `X-${index}: 1\r\n`).join('')}\r\n`,
      `${head}Content-Type: \u0001\r\n\r\n`,
      `${head}No colon here\r\n\r\n`,
      `${'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(200)}`,
      `${'POST /loans HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'.repeat(50)}garbage`,
    ];

    test('that are no HTTP, or hardly, are refused or the connection is closed', async () => {
      await Promise.all(nasty.map((text) => assertRefusedOrClosed(Buffer.from(text, 'latin1'))));
      await assertAlive();
    });

    test('at random are refused or the connection is closed', async (t) => {
      await holds(
        t,
        150,
        fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => assertRefusedOrClosed(bytes)),
      );
    });

    test('that break off at any place are refused or the connection is closed', async () => {
      const body = '{"amount":1000,"term":12,"rate":0.05,"date":"2017-08-05"}';
      const whole = `${head}authorization: wrong\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      const broken = Array.from({ length: whole.length }, (_, length) => whole.slice(0, length));
      for (let at = 0; at < broken.length; at += 25) {
        await Promise.all(broken.slice(at, at + 25).map(assertRefusedOrClosed));
      }
      await assertAlive();
    });
  });

  describe('after all that', () => {
    test('the book still adds up, and no fault of the program is in the log', async () => {
      for (const asOf of ['2017-08-05', '2018-12-31', '9999-12-31']) {
        const outstanding = await decentAnswer('v1', 'GET', `/v1/book/outstanding?as_of=${asOf}`);
        const arrears = await decentAnswer('v1', 'GET', `/v1/book/arrears?as_of=${asOf}`);
        const { value, principal, volume } = outstanding.json as Record<string, unknown>;
        assert.deepEqual((arrears.json as { total: unknown }).total, { value, principal, volume }, asOf);
      }
      assert.doesNotMatch(service?.output() ?? '', /unexpected error/);
    });
  });
});
