// What comes in and is no request that HTTP allows, or is written in a way that few clients use: each gets an answer of the
// server's own, with a request id, that tells nothing of the program.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type Service, startService } from '../support/service.ts';

describe('a server', () => {
  let service: Service;

  before(async () => {
    service = await startService();
  });
  after(async () => {
    await service?.stop();
  });

  interface Heard {
    readonly status: number;
    readonly requestId: string | undefined;
    readonly mediaType: string | undefined;
    readonly json: unknown;
  }

  /** All that comes until the server closes the connection, which every request here asks for or brings about. */
  function send(lines: readonly string[]): Promise<Heard> {
    const { hostname, port } = new URL(service.url);
    return new Promise((settle, reject) => {
      let text = '';
      const socket = connect({ host: hostname, port: Number(port) });
      socket.setEncoding('utf8');
      socket.setTimeout(20_000, () => socket.destroy(new Error('the connection stays open')));
      socket.on('error', reject);
      socket.on('data', (piece: string) => {
        text += piece;
      });
      socket.on('close', () => {
        const [head = '', body = ''] = text.split('\r\n\r\n');
        settle({
          status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]),
          requestId: /^x-request-id: (.*)$/im.exec(head)?.[1],
          mediaType: /^content-type: (.*)$/im.exec(head)?.[1],
          json: JSON.parse(body),
        });
      });
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
  }

  const noRequests: readonly (readonly [
    what: string,
    lines: readonly string[],
    status: number,
    error: string,
  ])[] = [
    ['nonsense', ['nonsense'], 400, 'This is no HTTP request.'],
    ['a TLS hello', ['\u0016\u0003\u0001\u0000\u00c4\u0001\u0000'], 400, 'This is no HTTP request.'],
    [
      'a control character in a header',
      ['GET /healthz HTTP/1.1', 'Host: x', 'X: \u0001'],
      400,
      'This is no HTTP request.',
    ],
    ['no Host', ['GET /healthz HTTP/1.1'], 400, 'A request names its Host.'],
    [
      'a head of 20,000 bytes',
      ['GET /healthz HTTP/1.1', 'Host: x', `X: ${'x'.repeat(20_000)}`],
      431,
      'The head of the request is too large.',
    ],
  ];
  for (const [what, lines, status, error] of noRequests) {
    test(`refuses ${what}, under a request id`, async () => {
      const heard = await send(lines);
      assert.deepEqual([heard.status, heard.mediaType, heard.json], [status, 'application/json', { error }]);
      assert.match(heard.requestId ?? '', /^[0-9a-f-]{36}$/);
    });
  }

  const authorized = [
    'Authorization: Bearer secretkeydev',
    'Host: x',
    'X-Request-Id: mine',
    'Connection: close',
  ];

  test('answers a request whatever it expects', async () => {
    const { status, requestId, json } = await send([
      'GET /healthz HTTP/1.1',
      'Expect: wonders',
      ...authorized,
    ]);
    assert.deepEqual([status, requestId, json], [200, 'mine', { status: 'ok' }]);
  });

  test('answers HTTP/1.0, which knows no Host', async () => {
    const { status, json } = await send(['GET /healthz HTTP/1.0']);
    assert.deepEqual([status, json], [200, { status: 'ok' }]);
  });

  test('takes an address with a host in front of it for the same address', async () => {
    const host = 'http://bank.example';
    const found = await send([`GET ${host}/v1/loans?limit=1 HTTP/1.1`, ...authorized]);
    assert.deepEqual([found.status, found.json], [200, { data: [], next: null }]);
    const malformed = await send([`GET ${host}/v1/loans/%zz HTTP/1.1`, ...authorized]);
    assert.deepEqual([malformed.status, malformed.mediaType], [404, 'application/problem+json']);
    const unknown = await send([`GET ${host}/v1/nothing HTTP/1.1`, ...authorized]);
    assert.equal((unknown.json as { detail: string }).detail, 'There is no GET /v1/nothing.');
  });
});
