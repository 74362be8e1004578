// Imports over /v1: files of both kinds, in every form in which they may come, and what becomes of their rows.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { onEachEngine, type TestDatabase } from '../support/engines.ts';
import {
  countsOf,
  csvOf,
  endedImport,
  heldImport,
  importedFile,
  importedRows,
  loanRows,
  rejectsOf,
  sendFile,
  shownImport,
} from '../support/import-steps.ts';
import { type Service, startService } from '../support/service.ts';
import { assertSound } from '../support/sound-book.ts';
import { assertMembers, assertProblem, instant, textOf, uuidVersion7 } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, listed } from '../support/v1-steps.ts';

onEachEngine((engine) => {
  describe('imports over /v1', () => {
    let database: TestDatabase;
    let service: Service;
    let client: V1Client;
    let prefixes = 0;

    before(async () => {
      database = await engine.freshDatabase();
      service = await startService({ databaseUrl: database.url });
      client = v1Client(service.url);
    });
    after(async () => {
      await service?.stop();
      if (database !== undefined) {
        await assertSound(database.address);
        await database[Symbol.asyncDispose]();
      }
    });

    /** References that no other test has. */
    function fresh(): string {
      prefixes += 1;
      return `T${prefixes}`;
    }

    async function loanBy(reference: string): Promise<Record<string, unknown> | undefined> {
      return (await listed(client, '/v1/loans', { reference }))[0];
    }

    async function idOf(reference: string): Promise<string> {
      const loan = await loanBy(reference);
      assert.ok(loan, reference);
      return String(loan['id']);
    }

    test('of loans are answered when the file is safe, and carried out row by row', async () => {
      const prefix = fresh();
      const answer = await sendFile(client, 'loans', csvOf('loans', loanRows(prefix, 3)));
      const id = textOf(answer, 'id');
      assertMembers(answer, 202, { kind: 'loans', format: 'csv', dry_run: false, rows: 3, reason: null });
      assertMembers(answer, 202, { created_by: 'development' });
      assert.match(id, uuidVersion7);
      assert.equal(answer.headers.get('location'), `/v1/imports/${id}`);

      const ended = await endedImport(client, id);
      assert.equal(ended.state, 'done');
      assert.deepEqual(countsOf(ended), { rows: 3, accepted: 3, skipped: 0, rejected: 0 });
      for (const member of ['created_at', 'received_at', 'started_at', 'ended_at']) {
        assert.match(String((ended as unknown as Record<string, unknown>)[member]), instant);
      }
      const loan = await loanBy(`${prefix}-2`);
      assert.equal(loan?.['installment'], '85.60');
      const [entry] = await listed(client, `/v1/loans/${loan?.['id']}/history`);
      assert.equal(entry?.['recorded_by'], 'development');
      assert.equal(entry?.['request_id'], answer.headers.get('x-request-id'));
    });

    test('of payments find their loans by reference', async () => {
      const prefix = fresh();
      await importedRows(client, 'loans', ...loanRows(prefix, 2));
      const done = await importedRows(
        client,
        'payments',
        `${prefix}-1,made,2017-09-05,85.60`,
        `${prefix}-2,missed,2017-09-05,85.60`,
        `${prefix}-1,made,2017-10-05,85.60`,
      );
      assert.deepEqual(countsOf(done), { rows: 3, accepted: 3, skipped: 0, rejected: 0 });
      const balance = await client.balance(await idOf(`${prefix}-1`), '2017-10-31');
      assertMembers(balance, 200, { payments_made: 2, value: '856.00' });
    });

    test('that are sent again book nothing twice', async () => {
      const prefix = fresh();
      const loans = csvOf('loans', loanRows(prefix, 40));
      const payments = csvOf(
        'payments',
        Array.from({ length: 40 }, (_, index) => `${prefix}-${index + 1},made,2017-09-05,85.60`),
      );
      await importedFile(client, 'loans', loans);
      await importedFile(client, 'payments', payments);
      const before = (await client.outstanding('2017-12-31')).json;
      for (const [kind, file] of [['loans', loans] as const, ['payments', payments] as const]) {
        const again = await importedFile(client, kind, file);
        assert.deepEqual(countsOf(again), { rows: 40, accepted: 0, skipped: 40, rejected: 0 });
      }
      assert.deepEqual((await client.outstanding('2017-12-31')).json, before);
    });

    test('of NDJSON are the same as those of CSV', async () => {
      const prefix = fresh();
      const lines = [
        { reference: `${prefix}-1`, amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' },
        { date: '2017-08-05', rate: 0.05, term: '12', amount: 1000, reference: `${prefix}-2`, note: [1] },
        { reference: `${prefix}-3`, amount: 1000, term: 12, rate: 0, date: '2017-08-05', installment: null },
      ];
      const done = await importedFile(client, 'loans', lines.map((line) => JSON.stringify(line)).join('\n'), {
        contentType: 'application/x-ndjson',
      });
      assert.deepEqual(countsOf(done), { rows: 3, accepted: 3, skipped: 0, rejected: 0 });
      assert.equal((await loanBy(`${prefix}-1`))?.['installment'], '85.60');
      assert.equal((await loanBy(`${prefix}-2`))?.['installment'], '85.60');
      assert.equal((await loanBy(`${prefix}-3`))?.['installment'], '83.33');
    });

    test('are read zipped, however that is said', async () => {
      const zip = (prefix: string) => Uint8Array.from(gzipSync(csvOf('loans', loanRows(prefix, 2))));
      for (const options of [
        {},
        { headers: { 'content-encoding': 'gzip' } },
        { contentType: 'application/gzip', query: '&format=csv' },
        { contentType: 'application/octet-stream', query: '&format=csv' },
      ]) {
        const done = await importedFile(client, 'loans', zip(fresh()), options);
        assert.deepEqual(countsOf(done), { rows: 2, accepted: 2, skipped: 0, rejected: 0 });
      }
    });

    test('go on past bad rows, whose CSV can be corrected and sent as it is', async () => {
      const prefix = fresh();
      const done = await importedFile(
        client,
        'loans',
        [
          'reference,amount,note,term,rate,date',
          `${prefix}-1,1000.00,"with, a comma",12,0.05,2017-08-05`,
          `${prefix}-2,0.00,"says ""nothing""",12,0.05,2017-08-05`,
          `${prefix}-3,1000.00,,12,5 %,2017-08-05`,
          `${prefix}-4,1000.00,,12,0.05,2017-02-30`,
          `${prefix}-1,2000.00,other terms,12,0.05,2017-08-05`,
          `${prefix}-5,1000.00,,12`,
          ',1000.00,,12,0.05,2017-08-05',
        ].join('\r\n'),
      );
      assert.deepEqual(countsOf(done), { rows: 7, accepted: 1, skipped: 0, rejected: 6 });
      assert.equal(done.rejects_kept, 6);
      const rejects = await rejectsOf(client, done.id);
      assert.deepEqual(rejects.split('\n'), [
        'line,field,reason,reference,amount,note,term,rate,date',
        `3,amount,must be greater than zero,${prefix}-2,0.00,"says ""nothing""",12,0.05,2017-08-05`,
        `4,rate,"""5 %"" is not a number",${prefix}-3,1000.00,,12,5 %,2017-08-05`,
        `5,date,"""2017-02-30"" is not a calendar date (YYYY-MM-DD)",${prefix}-4,1000.00,,12,0.05,2017-02-30`,
        `6,reference,is taken by a loan with other terms,${prefix}-1,2000.00,other terms,12,0.05,2017-08-05`,
        `7,,has 4 values for 6 columns,${prefix}-5,1000.00,,12`,
        '8,reference,is missing,,1000.00,,12,0.05,2017-08-05',
        '',
      ]);

      const corrected = rejects
        .replace(',0.00,', ',1000.00,')
        .replace('5 %,2017', '0.05,2017')
        .replace('0.05,2017-02-30', '0.05,2017-02-28')
        .replace(`${prefix}-1,2000.00`, `${prefix}-6,2000.00`)
        .replace(`${prefix}-5,1000.00,,12`, `${prefix}-5,1000.00,,12,0.05,2017-08-05`)
        .replace(',,1000.00', `,${prefix}-7,1000.00`);
      const again = await importedFile(client, 'loans', corrected);
      assert.deepEqual(countsOf(again), { rows: 6, accepted: 6, skipped: 0, rejected: 0 });
    });

    test('of NDJSON have rejects of CSV too, which can be corrected and sent as CSV', async () => {
      const prefix = fresh();
      await importedRows(client, 'loans', ...loanRows(prefix, 1));
      const done = await importedFile(
        client,
        'payments',
        [
          JSON.stringify({ reference: `${prefix}-1`, payment: 'made', date: '2017-09-05', amount: 85.6 }),
          JSON.stringify({ reference: `${prefix}-1`, payment: 'paid', date: '2017-10-05', amount: '85.60' }),
          JSON.stringify({ reference: `${prefix}-1`, payment: 'made', date: '2017-11-05', amount: '90.00' }),
          JSON.stringify({ reference: `${prefix}-1`, payment: 'made', date: '2017-12-05', amount: [1] }),
          '{"reference": ',
        ].join('\n'),
        { contentType: 'application/x-ndjson' },
      );
      assert.deepEqual(countsOf(done), { rows: 5, accepted: 1, skipped: 0, rejected: 4 });
      const rejects = await rejectsOf(client, done.id);
      assert.deepEqual(rejects.split('\n'), [
        'line,field,reason,reference,payment,date,amount',
        `2,payment,"""paid"" is not one of made, missed",${prefix}-1,paid,2017-10-05,85.60`,
        `3,amount,"must be the installment, 85.60",${prefix}-1,made,2017-11-05,90.00`,
        `4,amount,must be a text or a number,${prefix}-1,made,2017-12-05,[1]`,
        '5,,is not a JSON object,"{""reference"": "',
        '',
      ]);
      const corrected = rejects.split('\n').slice(0, 3).join('\n').replace(',paid,', ',made,');
      const again = await importedFile(client, 'payments', corrected.replace('90.00', '85.60'));
      assert.deepEqual(countsOf(again), { rows: 2, accepted: 2, skipped: 0, rejected: 0 });
    });

    test('may have a character that a database can’t hold, and give its stand-in back', async () => {
      const prefix = fresh();
      for (const [contentType, file] of [
        [
          'text/csv',
          `reference,amount,no\0te,term,rate,date\n${prefix}-1,10\0.00,\0,12,0.05,2017-08-05\n,,\0\n`,
        ],
        [
          'application/x-ndjson',
          `{"reference": "${prefix}-1\\u0000", "amount": "10\\u0000.00", "term": 12, "rate": "0.05"}\n"\0"\n`,
        ],
      ] as const) {
        const done = await importedFile(client, 'loans', file, { contentType });
        assert.deepEqual(countsOf(done), { rows: 2, accepted: 0, skipped: 0, rejected: 2 });
        const rejects = await rejectsOf(client, done.id);
        assert.match(rejects, /10\ufffd\.00/);
        assert.doesNotMatch(rejects, /\0/);
      }
    });

    test('that are a dry run say of each row what a real one does, and book nothing', async () => {
      const prefix = fresh();
      const loans = csvOf('loans', [
        ...loanRows(prefix, 30),
        `${prefix}-3,1000.00,12,0.05,2017-08-05`,
        `${prefix}-4,9000.00,12,0.05,2017-08-05`,
        `${prefix}-31,0.00,12,0.05,2017-08-05`,
      ]);
      const dry = await importedFile(client, 'loans', loans, { query: '&dry_run=true' });
      assert.equal(await loanBy(`${prefix}-1`), undefined);
      const real = await importedFile(client, 'loans', loans);
      assert.deepEqual(countsOf(dry), { rows: 33, accepted: 30, skipped: 1, rejected: 2 });
      assert.deepEqual(countsOf(real), countsOf(dry));
      assert.equal(await rejectsOf(client, dry.id), await rejectsOf(client, real.id));

      const payments = csvOf('payments', [
        `${prefix}-1,made,2017-09-05,85.60`,
        `${prefix}-1,missed,2017-09-30,85.60`,
        `${prefix}-1,made,2017-09-05,85.60`,
        ...Array.from({ length: 12 }, (_, month) => {
          const due = new Date(Date.UTC(2017, 8 + month, 5)).toISOString().slice(0, 10);
          return `${prefix}-2,made,${due},85.60`;
        }),
        `${prefix}-2,made,2018-09-05,85.60`,
        `${prefix}-none,made,2017-09-05,85.60`,
      ]);
      const dryPayments = await importedFile(client, 'payments', payments, { query: '&dry_run=true' });
      assertMembers(await client.balance(await idOf(`${prefix}-2`), '2018-12-31'), 200, { payments_made: 0 });
      const realPayments = await importedFile(client, 'payments', payments);
      assert.deepEqual(countsOf(dryPayments), { rows: 17, accepted: 13, skipped: 1, rejected: 3 });
      assert.deepEqual(countsOf(realPayments), countsOf(dryPayments));
      assert.equal(await rejectsOf(client, dryPayments.id), await rejectsOf(client, realPayments.id));
    });

    test('are listed, the latest first', async () => {
      const done: string[] = [];
      for (let number = 0; number < 3; number++) {
        done.unshift((await importedRows(client, 'payments', `none-${number},made,2017-09-05,1.00`)).id);
      }
      const all = await listed(client, '/v1/imports', { limit: '2' });
      assert.deepEqual(
        all.slice(0, 3).map(({ id }) => id),
        done,
      );
      const payments = await listed(client, '/v1/imports', { kind: 'payments', state: 'done' });
      assert.ok(payments.every(({ kind, state }) => kind === 'payments' && state === 'done'));
      assert.ok(payments.length < all.length);
      for (const after of ['x', '01a210cf-1a96-7000-a477-e4e31ca1938B']) {
        assertProblem(await client.get(`/v1/imports?after=${after}`), 400, 'invalid-request', ['after']);
      }
      assertProblem(await client.get('/v1/imports?state=over'), 400, 'invalid-request', ['state']);
    });

    test('that are none are not found', async () => {
      for (const id of ['019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a', 'x', "'"]) {
        const path = `/v1/imports/${encodeURIComponent(id)}`;
        assertProblem(await client.get(path), 404, 'import-not-found');
        assertProblem(await client.get(`${path}/rejects`), 404, 'import-not-found');
        assertProblem(await client.get(`${path}/events`), 404, 'import-not-found');
        assertProblem(await client.post(`${path}/cancellation`), 404, 'import-not-found');
      }
    });

    test('can be cancelled while their file comes in, and book nothing then', async () => {
      const prefix = fresh();
      const held = await heldImport(client);
      held.write(`${loanRows(prefix, 5).join('\n')}\n`);
      const answer = await client.post(`/v1/imports/${held.id}/cancellation`);
      assertMembers(answer, 200, { id: held.id, state: 'cancelled' });
      const { status, json } = await held.end();
      assert.equal(status, 409);
      assert.equal(json['type'], '/problems/import-cancelled');
      assert.equal(await loanBy(`${prefix}-1`), undefined);
      const again = await client.post(`/v1/imports/${held.id}/cancellation`);
      assertProblem(again, 409, 'import-ended');
    });

    test('can be cancelled while they run: what is booked stays, and the rest is not', async () => {
      const prefix = fresh();
      const count = 60_000;
      const answer = await sendFile(client, 'loans', csvOf('loans', loanRows(prefix, count)));
      const id = textOf(answer, 'id');
      for (let shown = await shownImport(client, id); shown.rows_read === 0; )
        shown = await shownImport(client, id);
      const cancelled = await answered(client.post(`/v1/imports/${id}/cancellation`));
      assert.equal(cancelled['state'], 'cancelled');
      const stopped = await shownImport(client, id);
      assert.ok(stopped.accepted > 0 && stopped.accepted < count, JSON.stringify(stopped));
      // Another import goes on at once, and the cancelled one does not.
      const next = await importedRows(client, 'loans', ...loanRows(prefix, 1));
      assert.equal(next.rejected, 0);
      const { ended_at: _, ...then } = await shownImport(client, id);
      const { ended_at: __, ...now } = stopped;
      assert.deepEqual(then, now);
    });

    test('are for admins alone', async () => {
      const done = await importedRows(client, 'loans', ...loanRows(fresh(), 1));
      for (const role of ['viewer', 'officer']) {
        const key = textOf(await client.post('/v1/keys', { name: `${role}-of-imports`, role }), 'key');
        for (const [method, path] of [
          ['GET', '/v1/imports'],
          ['POST', '/v1/imports?kind=loans'],
          ['GET', `/v1/imports/${done.id}`],
          ['GET', `/v1/imports/${done.id}/events`],
          ['GET', `/v1/imports/${done.id}/rejects`],
          ['POST', `/v1/imports/${done.id}/cancellation`],
        ] as const) {
          assertProblem(await client.request(method, path, undefined, { key }), 403, 'forbidden');
          assertProblem(await client.request(method, path, undefined, { key: 'x' }), 401, 'unauthorized');
        }
      }
    });
  });
});
