// SIGTERM while requests are under way: whatever the server has begun to take gets its answer, the process ends with
// code 0 although clients hold their connections open, and what was answered is in the database.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { POSTGRES, SQLITE, type TestDatabase, type TestEngine } from '../support/engines.ts';
import { developmentTokens, loanText } from '../support/james-client.ts';
import { holdWriters } from '../support/raw-sql.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, objectOf } from '../support/v1-assertions.ts';
import { contractLoan, v1Client } from '../support/v1-client.ts';

let service: Service;
/** Connections stay open for as long as the server lets them. */
let agent: Agent;

type Answer = { readonly status: number; readonly json: Record<string, unknown> };

/** A request that the server has read the head of, and whose body is still to come. */
type Begun = { finish(): Promise<Answer> };

async function answerOf(outgoing: ClientRequest): Promise<Answer> {
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const text = (await incoming.setEncoding('utf8').toArray()).join('');
  return { status: incoming.statusCode ?? 0, json: JSON.parse(text) as Record<string, unknown> };
}

function post(path: '/loans' | '/v1/loans', headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(service.url);
  const body = path === '/loans' ? loanText() : JSON.stringify(contractLoan);
  const authorization = path === '/loans' ? developmentTokens.secretkeydev : 'Bearer secretkeydev';
  const outgoing = httpRequest({
    ...{ hostname, port, path, method: 'POST', agent },
    headers: { authorization, 'content-type': 'application/json', 'content-length': body.length, ...headers },
  });
  return { outgoing, body };
}

/** Sends a head and waits until the server says that it goes on with the body: then it has taken the request. */
async function begin(path: '/loans' | '/v1/loans'): Promise<Begun> {
  const { outgoing, body } = post(path, { expect: '100-continue' });
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  return {
    finish: () => {
      const answered = answerOf(outgoing);
      outgoing.end(body);
      return answered;
    },
  };
}

function idOf({ status, json }: Answer): string {
  assert.ok(status === 200 || status === 201, `${status} ${JSON.stringify(json)}`);
  return String(json['loan_id'] ?? json['id']);
}

/** Resolves when nobody listens on the server's port any more. */
async function nobodyListens(): Promise<void> {
  const { hostname, port } = new URL(service.url);
  for (;;) {
    const socket = connect({ host: hostname, port: Number(port) });
    const connected = await new Promise<boolean>((settle) => {
      socket.once('connect', () => settle(true));
      socket.once('error', () => settle(false));
    });
    socket.destroy();
    if (!connected) return;
    await new Promise((wake) => setTimeout(wake, 5));
  }
}

async function assertOrderlyExit(): Promise<void> {
  assert.deepEqual(await service.stop(), { code: 0, signal: null }, service.output());
}

function begunOnBoth(count: number): Promise<Begun[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => begin(index % 2 === 0 ? '/loans' : '/v1/loans')),
  );
}

const CASES: readonly [engine: TestEngine, workers: number][] = [
  [SQLITE, 1],
  [POSTGRES, 1],
  [POSTGRES, 2],
];

for (const [engine, workers] of CASES) {
  describe(`after SIGTERM, on ${engine.name} with ${workers === 1 ? 'one process' : `${workers} workers`}`, () => {
    let database: TestDatabase;
    /** Loans that were acknowledged, and how many more may have been recorded whose answer nobody got. */
    const recorded: string[] = [];
    let unanswered = 0;

    before(async () => {
      database = await engine.freshDatabase();
    });
    after(() => database?.[Symbol.asyncDispose]());
    beforeEach(async () => {
      agent = new Agent({ keepAlive: true, maxSockets: 200 });
      service = await startService({ databaseUrl: database.url, env: { WORKERS: String(workers) } });
    });
    afterEach(async () => {
      agent.destroy();
      await service.stop();
    });

    test('requests that were begun are answered, and the process ends though connections are kept open', async () => {
      const begun = await begunOnBoth(40);
      const exit = assertOrderlyExit();
      await nobodyListens();
      const ids = (await Promise.all(begun.map((request) => request.finish()))).map(idOf);
      recorded.push(...ids);
      assert.equal(ids.length, 40);
      await exit;
    });

    test('requests that wait for a lock of the database are answered once it is free', async () => {
      const begun = await begunOnBoth(20);
      const release = await holdWriters(database.address);
      const answered = begun.map((request) => request.finish());
      await fetch(new URL('/healthz', service.url));
      const exit = assertOrderlyExit();
      await nobodyListens();
      await release();
      const ids = (await Promise.all(answered)).map(idOf);
      recorded.push(...ids);
      await exit;
    });

    test('connections without a request hold nothing up', async () => {
      const { hostname, port } = new URL(service.url);
      const silent = Array.from({ length: 10 }, () => connect({ host: hostname, port: Number(port) }));
      for (const socket of silent) socket.on('error', () => socket.destroy());
      await Promise.all(silent.map((socket) => once(socket, 'connect')));
      const used = await begunOnBoth(10);
      const ids = (await Promise.all(used.map((request) => request.finish()))).map(idOf);
      recorded.push(...ids);
      await assertOrderlyExit();
      for (const socket of silent) socket.destroy();
    });

    test('callers with unknown keys, who are still being looked up, hold nothing up', async () => {
      const { hostname, port } = new URL(service.url);
      const strangers = Array.from({ length: 20 }, () => connect({ host: hostname, port: Number(port) }));
      await Promise.all(strangers.map((socket) => once(socket, 'connect')));
      for (const [index, socket] of strangers.entries()) {
        socket.on('error', () => socket.destroy());
        socket.write(`GET /v1/loans HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer stranger-${index}\r\n\r\n`);
        await setImmediate();
      }
      // The first is answered at once; the others go away while the keys are about to be looked at again.
      await once(strangers[0] as Socket, 'data');
      for (const socket of strangers) socket.destroy();
      await assertOrderlyExit();
      assert.doesNotMatch(service.output(), /"level":[56]0/);
    });

    test('everything that was answered under load is recorded', async () => {
      const ids: string[] = [];
      let sent = 0;
      let refused = 0;
      const enough = Promise.withResolvers<void>();
      const lane = async (index: number): Promise<void> => {
        for (;;) {
          const { outgoing, body } = post(index % 2 === 0 ? '/loans' : '/v1/loans');
          const answered = answerOf(outgoing);
          outgoing.end(body);
          sent += 1;
          try {
            const answer = await answered;
            if (answer.status === 503) {
              refused += 1;
              return;
            }
            ids.push(idOf(answer));
          } catch (error) {
            // Not taken any more: the connection was refused, or closed between two requests.
            assert.match(
              String((error as NodeJS.ErrnoException).code),
              /^(ECONNREFUSED|ECONNRESET|EPIPE)$/,
              `${error}`,
            );
            unanswered += 1;
            return;
          }
          if (ids.length === 200) enough.resolve();
        }
      };
      const lanes = Array.from({ length: 24 }, (_, index) => lane(index));
      await Promise.race([enough.promise, Promise.all(lanes)]);
      await assertOrderlyExit();
      await Promise.all(lanes);
      assert.equal(ids.length + unanswered + refused, sent);
      assert.ok(ids.length >= 200);
      recorded.push(...ids);
    });

    test('the next process finds everything that was answered, and nothing that nobody sent', async () => {
      const client = v1Client(service.url);
      assert.equal(new Set(recorded).size, recorded.length);
      for (const id of recorded) assertMembers(await client.get(`/v1/loans/${id}`), 200, { id });
      const volume = Number(objectOf(await client.outstanding('2017-08-31'))['volume']);
      const most = recorded.length + unanswered;
      assert.ok(
        volume >= recorded.length && volume <= most,
        `${volume}, ${recorded.length} to ${most} expected`,
      );
    });
  });
}
