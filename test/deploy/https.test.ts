// HTTPS by James itself: which versions it speaks, what it refuses at the start, and that a renewed certificate serves from
// the next connection on, in one process and in several.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { type Certificate, selfSignedCertificate } from '../support/certificate.ts';
import { POSTGRES, SQLITE, type TestEngine } from '../support/engines.ts';
import { sendHttps } from '../support/https-client.ts';
import { tokenOf } from '../support/james-client.ts';
import { until } from '../support/polling.ts';
import { type Service, ServiceStartError, startService, temporaryDirectory } from '../support/service.ts';
import { handshake } from '../support/tls-handshake.ts';
import { developmentKey } from '../support/v1-client.ts';

const BEARER = { authorization: `Bearer ${developmentKey}` };

let directory: string;
let first: Certificate;
let second: Certificate;
let certFile: string;
let keyFile: string;

before(async () => {
  directory = temporaryDirectory();
  [first, second] = await Promise.all([selfSignedCertificate(), selfSignedCertificate()]);
  certFile = join(directory, 'cert.pem');
  keyFile = join(directory, 'key.pem');
});
after(() => rmSync(directory, { recursive: true, force: true }));

function write({ cert, key }: Certificate): void {
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
}

function serving(engine: TestEngine, workers = 1): Promise<Service> {
  const env = { TLS_CERT: certFile, TLS_KEY: keyFile, WORKERS: String(workers), LOG_LEVEL: 'info' };
  return startService({ engine, env });
}

/** The certificate that a new connection gets. */
async function served({ url }: Service): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), ca: [first.cert, second.cert] });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return raw.toString('base64');
}

/** The body of a PEM text. */
function bodyOf({ cert }: Certificate): string {
  return cert.replace(/-----.*?-----|\s/g, '');
}

describe('HTTPS by James itself', () => {
  test('serves both surfaces, over TLS 1.2 and 1.3 and nothing older', async () => {
    write(first);
    await using service = await serving(SQLITE);
    assert.match(service.url, /^https:/);
    const ca = first.cert;
    const v1 = await sendHttps(`${service.url}/v1/book/outstanding`, { ca, headers: BEARER });
    assert.equal(v1.status, 200);
    assert.match(v1.headers.get('strict-transport-security') ?? '', /^max-age=31536000/);
    const body = { amount: 1000, term: 12, rate: 0.05, date: '2017-08-05' };
    const headers = { authorization: tokenOf(developmentKey) };
    const james = await sendHttps(`${service.url}/loans`, { ca, method: 'POST', headers, body });
    assert.equal(james.status, 200, james.text);
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      assert.deepEqual(await handshake(service.url, version, ca), { agreed: true, version });
    }
    for (const version of ['TLSv1', 'TLSv1.1'] as const) {
      assert.equal((await handshake(service.url, version, ca)).agreed, false, version);
    }
    const session = await sendHttps(`${service.url}/v1/session`, { ca, method: 'POST', headers: BEARER });
    assert.match(session.headers.get('set-cookie') ?? '', /^__Host-james=.*; Secure/);
  });

  test('is refused at the start in one line where certificate and key are none, or do not belong together', async () => {
    const wrong: readonly (readonly [cert: string, key: string])[] = [
      [first.cert, second.key],
      ['no certificate', first.key],
      [first.cert, ''],
    ];
    for (const [cert, key] of wrong) {
      write({ cert, key });
      for (const workers of [1, 2]) {
        const failure = await serving(SQLITE, workers).then(
          async (service) => {
            await service.stop();
            return undefined;
          },
          (error: unknown) => error,
        );
        assert.ok(failure instanceof ServiceStartError, `${failure}`);
        assert.equal(failure.exit?.code, 1);
        assert.match(failure.output, /^TLS_CERT and TLS_KEY: /);
        assert.equal(failure.output.trim().split('\n').length, 1, failure.output);
      }
    }
    write(first);
    rmSync(keyFile);
    await assert.rejects(serving(SQLITE), /TLS_CERT and TLS_KEY: .*ENOENT/);
    const alone = { env: { TLS_CERT: certFile } };
    await assert.rejects(startService(alone), /TLS_CERT and TLS_KEY go together/);
  });

  for (const [engine, workers] of [
    [SQLITE, 1],
    [POSTGRES, 2],
  ] as const) {
    test(`takes a renewed certificate without a break, with ${workers} processes on ${engine.name}`, async () => {
      write(first);
      await using service = await serving(engine, workers);
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ca = [first.cert, second.cert];
      const ask = () => sendHttps(`${service.url}/v1/book/outstanding`, { ca, agent, headers: BEARER });
      const before = await ask();
      assert.equal(await served(service), bodyOf(first));

      // Wrong files leave the old certificate in place, and the log says so.
      write({ cert: second.cert, key: first.key });
      process.kill(service.pid, 'SIGHUP');
      const complaints = () => service.output().split('the certificate could not be read again').length - 1;
      await until(() => complaints() === workers, 'every process has complained');
      assert.equal(await served(service), bodyOf(first));

      write(second);
      process.kill(service.pid, 'SIGHUP');
      const renewals = () => service.output().split('the certificate is read again').length - 1;
      await until(() => renewals() === workers, 'every process has read it');
      for (let count = 0; count < 2 * workers; count++) assert.equal(await served(service), bodyOf(second));
      // The connection of before goes on.
      const after = await ask();
      assert.deepEqual([after.status, after.reused, after.fingerprint], [200, true, before.fingerprint]);
      agent.destroy();
    });
  }
});
