// The connection to PostgreSQL breaks while a write commits, so that nobody hears what became of it. Callers get the true
// answer all the same, or 503 and the truth at their retry; nothing is booked twice, and nothing acknowledged is lost.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { COMMIT_FAULTS, faultyCommits } from '../support/commit-faults.ts';
import { assertFirst, freshKey, sendKeyed, writings } from '../support/keyed-requests.ts';
import { until } from '../support/polling.ts';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { createDatabase, onDatabase } from '../support/server-databases.ts';
import { type Service, startService } from '../support/service.ts';
import { StubbornClients } from '../support/stubborn-clients.ts';
import { type Direction, type Rule, TcpProxy } from '../support/tcp-proxy.ts';
import { assertMembers } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';

let server: PostgresServer;
let proxy: TcpProxy;
let service: Service;
let client: V1Client;

before(async () => {
  // What is not committed stays in memory, so that a crash loses it.
  server = await PostgresServer.start(embeddedPostgres(), {
    settings: ['wal_writer_delay=10s', 'wal_writer_flush_after=0', 'autovacuum=off'],
  });
  proxy = await TcpProxy.before(server.port);
  service = await startService({ databaseUrl: proxy.through(server.url('postgres')) });
  client = v1Client(service.url);
});
after(async () => {
  await service?.stop();
  await proxy?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

/** Where a connection is cut at the latest, in bytes from its beginning. */
const BYTES_MAX = 15_000;

/** Cuts every connection somewhere, in either direction; where, follows from the seed and the connection's number. */
function cutsAnywhere(seed: number): { readonly rule: Rule; count(): number } {
  let count = 0;
  const rule: Rule = (direction, piece, { number, passed }) => {
    const drawn = hash('sha256', `${seed} ${number}`, 'buffer');
    const direct: Direction = drawn.readUInt8(0) % 2 === 0 ? 'to the server' : 'to the client';
    const left = (drawn.readUInt32BE(1) % BYTES_MAX) - passed[direction];
    if (direction !== direct || left > piece.length) return 'pass';
    count += 1;
    return { cutAfter: Math.max(0, left) };
  };
  return { rule, count: () => count };
}

describe('a connection that is cut', () => {
  for (const point of COMMIT_FAULTS) {
    test(`${point} costs the caller nothing: the true answer, and one record`, async () => {
      for (const { name, accepted, prepare } of writings) {
        for (const key of [freshKey(), null]) {
          const writing = await prepare(client);
          const faults = faultyCommits(point, 'cut');
          proxy.rule = faults.rule;
          const answer = await sendKeyed(service.url, writing, key);
          proxy.rule = () => 'pass';
          assert.equal(faults.broken(), 1, name);
          assertFirst(answer, accepted, name);
          assert.equal(await writing.booked(), 1, name);
        }
      }
    });
  }

  test('after the commit of what records nothing but a kept refusal, or the book day, costs nothing either', async () => {
    const { id } = await client.loan();
    await client.paid(id, '2017-09-05');
    const key = { headers: { 'idempotency-key': freshKey() } };
    const duplicate = () => client.pay(id, '2017-09-06', {}, key);
    const asked = async () => {
      // As before the first write of a day, when such a question is what moves the book day.
      await onDatabase(server.url('postgres'), 'UPDATE bank SET book_day = 0');
      const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      return client.get(`/v1/book/outstanding?known_at=${yesterday}`);
    };
    for (const [send, status] of [
      [duplicate, 409],
      [asked, 200],
    ] as const) {
      const faults = faultyCommits('after the commit, before its answer', 'cut');
      proxy.rule = faults.rule;
      const answer = await send();
      proxy.rule = () => 'pass';
      assert.equal(faults.broken(), 1, answer.text);
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.headers.get('idempotent-replayed'), null, answer.text);
    }
    assert.equal((await duplicate()).headers.get('idempotent-replayed'), 'true');
  });
});

describe('connections that are cut anywhere', () => {
  test('again and again under load cost nothing but 503', async (t) => {
    const databaseUrl = await createDatabase(server, 'cut_anywhere');
    await using cutting = await TcpProxy.before(server.port);
    await using under = await startService({ databaseUrl: cutting.through(databaseUrl) });
    const clients = await StubbornClients.start(under, 12);
    await clients.served();
    const seed = Date.now() % 1_000_000;
    t.diagnostic(`seed ${seed}`);
    const cuts = cutsAnywhere(seed);
    for (let storms = 0; storms < 2; storms++) {
      cutting.rule = cuts.rule;
      const goal = cuts.count() + 60;
      await clients.until(() => cuts.count() >= goal, '60 connections are cut');
      cutting.rule = () => 'pass';
      await clients.served();
    }
    await clients.stop();
    t.diagnostic(String(clients.tally));
    await clients.assertKept(databaseUrl);
  });
});

describe('a server that crashes before the commit reached it', () => {
  /** The number of the transaction that waits for its commit. */
  async function openTransaction(): Promise<bigint> {
    const asking = new pg.Client({ connectionString: server.url('postgres') });
    await asking.connect();
    let found: bigint | undefined;
    await until(async () => {
      const { rows } = await asking.query<{ xid: string }>(
        `SELECT backend_xid::text AS xid FROM pg_stat_activity
         WHERE application_name = 'james' AND state = 'idle in transaction' AND backend_xid IS NOT NULL`,
      );
      if (rows[0] !== undefined) found = BigInt(rows[0].xid);
      return found !== undefined;
    }, 'a transaction without its commit');
    await asking.end();
    return found as bigint;
  }

  /** Commits something else under a transaction's number; whether the server had it to give. */
  async function commitAs(transaction: bigint): Promise<boolean> {
    const other = new pg.Client({ connectionString: server.url('postgres') });
    await other.connect();
    let number = 0n;
    while (number < transaction) {
      const { rows } = await other.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
      number = BigInt((rows[0] as { xid: string }).xid);
    }
    await other.end();
    return number === transaction;
  }

  test('and then gives the transaction’s number to another is not believed to have committed it', async () => {
    const loan = await client.loan();
    let isReused = false;
    for (let tries = 0; !isReused && tries < 10; tries++) {
      const date = `2018-0${1 + tries}-05`;
      const faults = faultyCommits('before the commit', 'hang');
      proxy.rule = faults.rule;
      const sent = client.pay(loan.id, date);
      const transaction = await openTransaction();
      assert.equal(faults.broken(), 1);
      proxy.accepts = 'none';
      await server.crash();
      proxy.cutAll();
      await server.restart();
      isReused = await commitAs(transaction);
      proxy.accepts = 'all';
      const answer = await sent;
      assertMembers(answer, 201, {});
      assertMembers(await client.balance(loan.id, date), 200, { payments_made: tries + 1 });
    }
    assert.ok(isReused, 'the number was never given anew: nothing was tested');
  });
});
