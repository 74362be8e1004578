// Past its capacity a server turns requests away at once, so that what it accepts stays fast; afterwards it is as healthy
// as before, and nothing that it acknowledged is lost.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import autocannon from 'autocannon';
import { onEachEngine } from '../support/engines.ts';
import { assertAnswer } from '../support/james-assertions.ts';
import { developmentTokens, jamesClient, loanText } from '../support/james-client.ts';
import { until } from '../support/polling.ts';
import { holdWriters } from '../support/raw-sql.ts';
import { type Service, startService } from '../support/service.ts';
import { assertProblem, objectOf } from '../support/v1-assertions.ts';
import { developmentKey, sendV1, v1Client } from '../support/v1-client.ts';

const TERMS = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' };

async function metric({ url }: Pick<Service, 'url'>, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  assert.ok(value !== undefined, `${name} is not among\n${text}`);
  return Number(value);
}

function inFlight(service: Service): Promise<number> {
  return metric(service, 'james_http_requests_in_flight');
}

onEachEngine((engine) => {
  describe('a server at its limit', () => {
    test('turns away what comes beyond it, at once and unread, and serves the rest', async () => {
      await using database = await engine.freshDatabase();
      await using service = await startService({ databaseUrl: database.url, env: { IN_FLIGHT_MAX: '20' } });
      const client = v1Client(service.url);
      await client.loan();
      // An answer arrives a moment before its request counts as over.
      await until(async () => (await inFlight(service)) === 0, 'nothing is under way');
      const release = await holdWriters(database.address);
      const issue = () => sendV1(service.url, 'POST', '/v1/loans', TERMS, { key: developmentKey });
      const accepted = Array.from({ length: 20 }, issue);
      await until(async () => (await inFlight(service)) === 20, 'all are under way');

      for (const answer of await Promise.all(Array.from({ length: 100 }, issue))) {
        assertProblem(answer, 503, 'overloaded');
        assert.equal(answer.headers.get('retry-after'), '1');
      }
      const james = await jamesClient(service.url).issue();
      assertAnswer(james, 503, { error: 'Service unavailable.' });
      assert.equal(james.headers['retry-after'], '1');
      // Whoever looks after the server still hears how it is.
      assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
      assert.equal(await metric(service, 'james_http_requests_shed_total'), 101);

      await release();
      for (const answer of await Promise.all(accepted)) assert.equal(answer.status, 201, answer.text);
      assert.equal(objectOf(await client.outstanding('2017-08-05'))['volume'], 21);
      await client.loan();
    });

    test('and far beyond it for a while is healthy afterwards, and has what it acknowledged', async (t) => {
      await using service = await startService({ engine, env: { IN_FLIGHT_MAX: '50' } });
      const load = (connections: number, seconds: number) =>
        autocannon({
          url: `${service.url}/loans`,
          method: 'POST',
          headers: { authorization: developmentTokens.secretkeydev },
          body: loanText(),
          connections,
          duration: seconds,
        });
      const client = v1Client(service.url);
      await client.outstanding();
      const warm = await load(50, 2);
      const before = await metric(service, 'process_resident_memory_bytes');
      const heavy = await load(500, 4);
      await until(async () => (await inFlight(service)) === 0, 'nothing is under way');
      const volume = Number(objectOf(await client.outstanding('2017-08-05'))['volume']);
      const acknowledged = warm['2xx'] + heavy['2xx'];
      const unheard = 550;
      assert.ok(volume >= acknowledged && volume <= acknowledged + unheard, `${volume}, ${acknowledged}`);
      const statuses = Object.keys(heavy.statusCodeStats ?? {});
      assert.deepEqual(statuses.toSorted(), ['200', '503']);

      await until(async () => (await inFlight(service)) === 0, 'nothing is under way');
      const afterwards = await metric(service, 'process_resident_memory_bytes');
      assert.ok(afterwards < before + 300 * 1024 * 1024, `from ${before} to ${afterwards} bytes`);
      await client.loan();
      assert.doesNotMatch(service.output(), /"level":[56]0/);
      t.diagnostic(
        `50 connections: ${warm['2xx']} in 2 s; 500: ${heavy['2xx']} served, ${heavy.non2xx} turned away in 4 s; ` +
          `${Math.round((afterwards - before) / 2 ** 20)} MiB more`,
      );
    });
  });
});
