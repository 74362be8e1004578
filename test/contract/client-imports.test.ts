// Files by the client: imports are sent, watched and ended, rejected rows and exports come as streams.

import assert from 'node:assert/strict';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createJames, type Import, type James, JamesError, unwrap } from '../../client/src/index.ts';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { temporaryDirectory } from '../support/temporary-database.ts';
import { developmentKey } from '../support/v1-client.ts';

const HEADER = 'reference,amount,term,rate,date\n';

function rows(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index},1000.00,12,0.05,2017-08-05\n`).join(
    '',
  );
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

onEachEngine((engine) => {
  describe('the client', () => {
    let service: Service;
    let james: James;

    before(async () => {
      service = await startService({ engine });
      james = createJames({ url: service.url, apiKey: developmentKey });
    });
    after(() => service?.stop());

    /** An import as it has ended, and how often it was told of. */
    async function ended(begun: Import): Promise<Import> {
      let last = begun;
      for await (const now of james.imports.watch(begun.id)) last = now;
      assert.notEqual(last.ended_at, null);
      return last;
    }

    test('sends a Blob, watches its import to the end, and fetches what was rejected', async () => {
      const file = new Blob([`${HEADER}${rows('B', 3)}B-bad,0.00,12,0.05,2017-08-05\n`]);
      const answer = await james.imports.create(file, { kind: 'loans' });
      assert.ok(answer.ok);
      assert.equal(answer.call.status, 202);
      const { state, accepted, rejected, rows: all } = await ended(answer.data);
      assert.deepEqual(
        { state, accepted, rejected, all },
        { state: 'done', accepted: 3, rejected: 1, all: 4 },
      );
      const rejects = await textOf(await unwrap(james.imports.rejects(answer.data.id)));
      assert.match(rejects, /^line,field,reason,reference,amount,term,rate,date\n5,amount,.*,B-bad,0\.00,/);
      assert.equal((await unwrap(james.loans.list({ reference: 'B-1' }))).data.length, 1);
    });

    test('sends a stream of Node’s, zipped, and a generator’s', async () => {
      using directory = temporaryDirectory();
      const path = join(directory.path, 'loans.csv.gz');
      writeFileSync(path, gzipSync(`${HEADER}${rows('S', 500)}`));
      const zipped = await unwrap(
        james.imports.create(createReadStream(path), { kind: 'loans', gzip: true }),
      );
      assert.equal((await ended(zipped)).accepted, 500);

      async function* payments(): AsyncGenerator<Uint8Array> {
        const encoder = new TextEncoder();
        for (let index = 0; index < 20; index++) {
          yield encoder.encode(
            `${JSON.stringify({ reference: `S-${index}`, payment: 'made', date: '2017-09-05', amount: '85.60' })}\n`,
          );
        }
      }
      const made = await unwrap(james.imports.create(payments(), { kind: 'payments', format: 'ndjson' }));
      assert.equal((await ended(made)).accepted, 20);
    });

    test('tries a file without booking it', async () => {
      const file = new Blob([`${HEADER}${rows('T', 2)}`]);
      const trial = await unwrap(james.imports.create(file, { kind: 'loans', dryRun: true }));
      assert.equal(trial.dry_run, true);
      assert.equal((await ended(trial)).accepted, 2);
      assert.deepEqual((await unwrap(james.loans.list({ reference: 'T-0' }))).data, []);
    });

    test('sends the same file once under one key, lists imports, and ends none that has ended', async () => {
      const file = new Blob([`${HEADER}${rows('K', 2)}`]);
      const idempotencyKey = 'client-import';
      const first = await unwrap(james.imports.create(file, { kind: 'loans' }, { idempotencyKey }));
      const again = await james.imports.create(file, { kind: 'loans' }, { idempotencyKey });
      assert.ok(again.ok);
      assert.deepEqual([again.data.id, again.call.replayed], [first.id, true]);
      await ended(first);
      const listed: string[] = [];
      for await (const { id } of james.imports.each({ limit: 2 })) listed.push(id);
      assert.ok(listed.includes(first.id) && listed.length >= 4);
      const cancelled = await james.imports.cancel(first.id);
      assert.ok(!cancelled.ok);
      assert.equal(cancelled.error.status, 409);
      assert.equal((await unwrap(james.imports.get(first.id))).state, 'done');
    });

    test('tells by type what is refused, also where the answer would have been a stream', async () => {
      const nobody = '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a';
      const rejects = await james.imports.rejects(nobody);
      assert.ok(!rejects.ok);
      assert.equal(rejects.error.type, '/problems/import-not-found');
      await assert.rejects(
        async () => {
          for await (const _ of james.imports.watch(nobody)) assert.fail('nothing to watch');
        },
        (error) => error instanceof JamesError && error.type === '/problems/import-not-found',
      );
      const wrong = await james.imports.create(new Blob(['nothing of that']), { kind: 'loans' });
      assert.ok(wrong.ok || wrong.error.type.startsWith('/problems/'));
      const future = await james.exports.book({ known_at: '9999-12-31' });
      assert.ok(!future.ok);
      assert.equal(future.error.type, '/problems/known-at-in-future');
    });

    test('reads exports as streams', async () => {
      const loans = await textOf(await unwrap(james.exports.loans({ reference: 'B-1' })));
      assert.match(loans, /^reference,amount,.*\nB-1,1000\.00,12,/);
      const payments = await textOf(await unwrap(james.exports.payments({ format: 'ndjson' })));
      assert.equal(payments.trim().split('\n').length, 20);
      const parquet = new Uint8Array(
        await new Response(await unwrap(james.exports.book({ format: 'parquet' }))).arrayBuffer(),
      );
      assert.equal(new TextDecoder().decode(parquet.subarray(0, 4)), 'PAR1');
    });

    test('goes on watching when the stream of events breaks', async () => {
      let opened = 0;
      const broken = createJames({
        url: service.url,
        apiKey: developmentKey,
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          if (!url.endsWith('/events') || opened++ > 0) return response;
          // Its first event is lost with the connection.
          await response.body?.cancel();
          const torn = new ReadableStream<Uint8Array>({
            start: (controller) => controller.error(new Error('the connection broke')),
          });
          return new Response(torn, { status: 200, headers: response.headers });
        },
      });
      const file = new Blob([`${HEADER}${rows('W', 2_000)}`]);
      const begun = await unwrap(broken.imports.create(file, { kind: 'loans' }));
      const states: string[] = [];
      for await (const { state } of broken.imports.watch(begun.id)) states.push(state);
      assert.equal(states.at(-1), 'done');
    });
  });
});
