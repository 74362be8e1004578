// GET /v1/exports/…: files that say what the other addresses say, whatever their form; what random histories make of them
// is compared with the model (test/model).

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { type ClockedService, clockedService } from '../support/clocked-service.ts';
import { type DuckDB, duckDb } from '../support/duckdb.ts';
import { onEachEngine } from '../support/engines.ts';
import { assertProblem, objectOf } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, type Item, listed, paymentOf, reversePayment, smallBook } from '../support/v1-steps.ts';

const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';
const PARQUET = 'application/vnd.apache.parquet';
const TABLES = ['loans', 'payments', 'book'] as const;
type Table = (typeof TABLES)[number];
type Parameters = Readonly<Record<string, string>>;

onEachEngine((engine) => {
  let service: ClockedService | undefined;
  let client: V1Client;
  let duck: DuckDB | undefined;
  let directory: string;
  let files = 0;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'james-test-'));
    duck = await duckDb();
    service = await clockedService({ engine, at: Date.UTC(2018, 1, 1, 12) });
    client = v1Client(service.url);
    await smallBook(client);
    await client.loan({ reference: 'comma, quote " and ümlaut', date: '2018-01-31', rate: '0' });
    await client.loan({ reference: '=1+1', date: '2020-02-29', rate: '0.1234567891' });
    service.clock.at += 86_400_000;
    const late = await client.loan({ reference: 'late', date: '2017-08-31', term: 2 });
    await client.paid(late.id, '2017-10-01', '2017-09-30');
  });
  after(async () => {
    await service?.close();
    await duck?.[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  async function exported(table: Table, parameters: Parameters = {}): Promise<Item[]> {
    const answer = await client.get(
      `/v1/exports/${table}?${new URLSearchParams({ format: 'ndjson', ...parameters })}`,
    );
    assert.equal(answer.status, 200, answer.text);
    return answer.text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Item);
  }

  async function bytesOf(path: string, headers: Parameters = {}): Promise<Response & { bytes: Uint8Array }> {
    const response = await fetch(`${client.url}${path}`, {
      headers: { authorization: 'Bearer secretkeydev', ...headers },
    });
    return Object.assign(response, { bytes: new Uint8Array(await response.arrayBuffer()) });
  }

  /** An export as Parquet, in a file for DuckDB; as its query names it. */
  async function parquetFile(table: Table, parameters: Parameters = {}): Promise<string> {
    const query = new URLSearchParams({ format: 'parquet', ...parameters });
    const { bytes, status } = await bytesOf(`/v1/exports/${table}?${query}`);
    assert.equal(status, 200);
    const file = join(directory, `${++files}.parquet`);
    writeFileSync(file, bytes);
    return `'${file}'`;
  }

  const moments: readonly Parameters[] = [
    {},
    { as_of: '2017-08-04' },
    { as_of: '2017-12-31' },
    { as_of: '2018-01-31', known_at: '2018-02-01' },
    { as_of: '2018-01-31', known_at: '2018-01-31' },
    { as_of: '2020-03-01' },
    { as_of: '9999-12-31' },
  ];

  describe('exported loans', () => {
    test('have what their lists and balances say, each as of the date', async () => {
      for (const asOf of ['2017-08-05', '2017-12-31', '2018-02-02', '2021-01-01']) {
        const expected: Item[] = [];
        for (const loan of await listed(client, '/v1/loans', { date_to: asOf })) {
          if (loan['status'] === 'reversed') continue;
          const { overdue, ...balance } = (await answered(
            client.balance(String(loan['id']), asOf),
          )) as Item & { overdue: { installments: number; value: string } };
          const { status: _, payments_made: __, next_due_on: ___, reference, ...same } = loan;
          expected.push({
            ...same,
            reference: reference ?? loan['id'],
            ...Object.fromEntries(
              [
                'status',
                'value',
                'principal',
                'payments_made',
                'payments_left',
                'next_due_on',
                'days_past_due',
              ].map((name) => [name, balance[name]]),
            ),
            overdue_installments: overdue.installments,
            overdue_value: overdue.value,
          });
        }
        const rows = (await exported('loans', { as_of: asOf })).map(({ recorded_on, ...row }) => {
          assert.equal(recorded_on, String(row['recorded_at']).slice(0, 10));
          return row;
        });
        const byId = (a: Item, b: Item) => (String(a['id']) < String(b['id']) ? -1 : 1);
        assert.deepEqual(rows.toSorted(byId), expected.toSorted(byId), asOf);
      }
    });

    test('that were taken back come where they are asked for', async () => {
      const ofStatus = async (parameters: Parameters) =>
        (await exported('loans', parameters)).map(({ status }) => status);
      assert.ok(!(await ofStatus({})).includes('reversed'));
      assert.deepEqual(await ofStatus({ status: 'reversed' }), ['reversed']);
      assert.equal(
        (await ofStatus({ include_reversed: 'true' })).filter((one) => one === 'reversed').length,
        1,
      );
      assert.deepEqual(await ofStatus({ status: 'reversed', known_at: '2018-01-31' }), []);
    });
  });

  describe('exported payments', () => {
    test('have what the lists of their loans say', async () => {
      const loans = await listed(client, '/v1/loans');
      for (const reversed of ['false', 'true']) {
        const expected: Item[] = [];
        for (const { id, reference, currency } of loans) {
          for (const payment of await listed(client, `/v1/loans/${id}/payments`)) {
            if (reversed === 'false' && payment['reversed_at'] !== null) continue;
            expected.push({ ...payment, reference: reference ?? id, currency });
          }
        }
        const rows = await exported('payments', { as_of: '9999-12-31', include_reversed: reversed });
        const byId = (a: Item, b: Item) => (String(a['id']) < String(b['id']) ? -1 : 1);
        assert.deepEqual(
          rows.map(({ recorded_on: _, ...row }) => row).toSorted(byId),
          expected.toSorted(byId),
        );
        assert.equal(rows.length, reversed === 'true' ? 14 : 12);
      }
    });

    test('are those of one loan, by its reference or its id, or none of a loan that does not exist', async () => {
      const rows = await exported('payments', { reference: 'late' });
      assert.deepEqual(
        rows.map(({ date }) => date),
        ['2017-09-30', '2017-10-01'],
      );
      assert.deepEqual(await exported('payments', { loan_id: String(rows[0]?.['loan_id']) }), rows);
      for (const loan_id of ['x', '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a']) {
        assert.deepEqual(await exported('payments', { loan_id }), []);
      }
    });
  });

  describe('every form of an export', () => {
    for (const table of TABLES) {
      test(`of ${table} says the same, at every date`, async () => {
        for (const moment of moments) {
          const about = `${table} ${JSON.stringify(moment)}`;
          const query = new URLSearchParams({ ...moment, format: 'csv' });
          const answer = await client.get(`/v1/exports/${table}?${query}`);
          if (answer.status !== 200) assert.fail(`${about}: ${answer.text}`);
          const rows = await exported(table, moment);
          const texts = rows.map((row) =>
            Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')])),
          );
          const csv = parse(answer.text, { columns: true }) as Record<string, string>[];
          assert.deepEqual(
            csv.map((row) => ({ ...row })),
            texts,
            about,
          );

          const file = await parquetFile(table, moment);
          const found = await (duck as DuckDB).rows(`SELECT * FROM ${file}`);
          const plain = found.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([name, value]) => [
                name,
                value === null ? '' : plainText(name, value),
              ]),
            ),
          );
          assert.deepEqual(plain, texts, about);
        }
      });
    }

    /** As /v1 writes it: rates without needless zeros, instants as ISO 8601 has them. */
    function plainText(name: string, value: string): string {
      if (name === 'rate') return value.replace(/\.?0+$/, '');
      if (!name.endsWith('_at')) return value;
      return new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
    }

    test('has decimals, dates and instants in Parquet, and no floating point', async () => {
      const types = new Set<string>();
      for (const table of TABLES) {
        const file = await parquetFile(table);
        const described = await (duck as DuckDB).rows(`DESCRIBE SELECT * FROM ${file}`);
        for (const { column_name: name, column_type: type } of described) {
          types.add(String(type));
          if (/^(amount|installment|total|value|principal|overdue_value)$/.test(String(name))) {
            assert.equal(type, table === 'book' ? 'DECIMAL(38,2)' : 'DECIMAL(18,2)', `${table} ${name}`);
          }
          if (name === 'rate') assert.equal(type, 'DECIMAL(18,10)');
          if (/^date$|_on$/.test(String(name))) assert.equal(type, 'DATE', `${table} ${name}`);
          if (/_at$/.test(String(name))) assert.equal(type, 'TIMESTAMP WITH TIME ZONE', `${table} ${name}`);
        }
      }
      assert.ok(![...types].some((type) => /DOUBLE|FLOAT|REAL/.test(type)), [...types].join());
    });

    test('is a file of its header alone, or of nothing, where there is no row', async () => {
      for (const table of TABLES) {
        const csv = await client.get(`/v1/exports/${table}?format=csv&as_of=0001-01-01`);
        assert.match(csv.text, /^\w+(,\w+)+\n$/);
        assert.deepEqual(await exported(table, { as_of: '0001-01-01' }), []);
        const file = await parquetFile(table, { as_of: '0001-01-01' });
        assert.deepEqual(await (duck as DuckDB).rows(`SELECT count(*) AS rows FROM ${file}`), [
          { rows: '0' },
        ]);
      }
    });
  });

  describe('what DuckDB adds up', () => {
    test('is the outstanding book, from its loans and from its changes', async () => {
      for (const moment of moments) {
        const outstanding = objectOf(await client.get(`/v1/book/outstanding?${new URLSearchParams(moment)}`));
        const { value, principal, volume } = outstanding;
        const sums = (volumeOf: string, file: string) =>
          `SELECT coalesce(sum(value), 0.00) AS value, coalesce(sum(principal), 0.00) AS principal,
             coalesce(${volumeOf}, 0) AS volume FROM ${file}`;
        const loans = sums(`count(*) FILTER (status = 'active')`, await parquetFile('loans', moment));
        const book = sums('sum(volume)', await parquetFile('book', moment));
        for (const query of [loans, book]) {
          assert.deepEqual(
            await (duck as DuckDB).rows(query),
            [{ value, principal, volume: String(volume) }],
            JSON.stringify(moment),
          );
        }
      }
    });

    test('is the ageing of the book, and its movements', async () => {
      const file = await parquetFile('book', { as_of: '2018-02-02' });
      const { buckets } = objectOf(await client.arrears('2018-02-02', '30,60')) as {
        buckets: readonly { days_from: number; days_to: number | null; value: string; volume: number }[];
      };
      for (const { days_from: from, days_to: to, value, volume } of buckets) {
        const found = await (duck as DuckDB).rows(
          `SELECT coalesce(sum(value), 0.00) AS value, coalesce(sum(volume), 0) AS volume FROM ${file}
           WHERE days_past_due BETWEEN ${from} AND ${to ?? 1_000_000}`,
        );
        assert.deepEqual(found, [{ value, volume: String(volume) }]);
      }
      const moved = objectOf(await client.get('/v1/book/movements?from=2017-10-01&to=2018-02-02')) as Record<
        string,
        { readonly principal: string }
      >;
      for (const cause of ['issued', 'paid', 'reversed']) {
        const sign = cause === 'paid' ? '-' : '';
        const [row] = await (duck as DuckDB).rows(
          `SELECT ${sign}coalesce(sum(principal), 0.00) AS principal FROM ${file}
           WHERE cause = '${cause}' AND effective_on >= DATE '2017-10-01'`,
        );
        assert.equal(row?.['principal'], moved[cause]?.principal, cause);
      }
    });

    test('is exact beyond what 64 bits hold', async () => {
      await using own = await clockedService({ engine });
      const large = v1Client(own.url);
      const LOANS = 1_100;
      await Promise.all(
        Array.from({ length: LOANS }, () => large.loan({ amount: '9000000000000.00', term: 1, rate: '0' })),
      );
      const query = 'format=parquet&as_of=2017-08-05';
      const response = await fetch(`${own.url}/v1/exports/book?${query}`, {
        headers: { authorization: 'Bearer secretkeydev' },
      });
      const file = join(directory, 'large.parquet');
      writeFileSync(file, new Uint8Array(await response.arrayBuffer()));
      const [row] = await (duck as DuckDB).rows(`SELECT sum(value) AS value FROM '${file}'`);
      assert.equal(row?.['value'], `${9_000_000_000_000n * BigInt(LOANS)}.00`);
      assert.equal(objectOf(await large.outstanding('2017-08-05'))['value'], row?.['value']);
    });
  });

  describe('an export as known at a date that has passed', () => {
    test('is the same file for good, whatever is recorded later', async () => {
      await using own = await clockedService({ engine, at: Date.UTC(2018, 1, 1, 12) });
      const bank = v1Client(own.url);
      const { plain, mended } = await smallBook(bank);
      const bounced = await paymentOf(bank, plain.id, '2018-02-01');
      own.clock.at += 86_400_000;
      const paths = TABLES.flatMap((table) =>
        ['csv', 'parquet'].map(
          (format) =>
            `/v1/exports/${table}?format=${format}&as_of=2018-02-01&known_at=2018-02-01${table === 'book' ? '' : '&include_reversed=true'}`,
        ),
      );
      const read = async () => {
        const hashes: string[] = [];
        for (const path of paths) {
          const headers = { authorization: 'Bearer secretkeydev' };
          const response = await fetch(`${own.url}${path}`, { headers });
          assert.equal(response.status, 200, path);
          hashes.push(hash('sha256', new Uint8Array(await response.arrayBuffer())));
        }
        return hashes;
      };
      const first = await read();
      assert.equal((await reversePayment(bank, bounced)).status, 201);
      await bank.paid(plain.id, '2018-02-01');
      await bank.paid(mended.id, '2017-11-29');
      await bank.loan({ date: '2017-09-01' });
      assert.deepEqual(await read(), first);
      const now = await bank.get(paths[2]?.replace('&known_at=2018-02-01', '') ?? '');
      assert.notEqual(hash('sha256', now.text), first[2]);
    });
  });

  describe('the form of an export', () => {
    test('is what `format` says, else what Accept takes, else CSV', async () => {
      const cases: readonly (readonly [string | undefined, string | undefined, string])[] = [
        [undefined, undefined, CSV],
        [undefined, '*/*', CSV],
        [undefined, NDJSON, NDJSON],
        [undefined, 'application/ndjson', NDJSON],
        [undefined, PARQUET, PARQUET],
        [undefined, `${CSV};q=0.5, ${PARQUET}`, PARQUET],
        [undefined, 'application/json, text/*;q=0.1', CSV],
        ['ndjson', CSV, NDJSON],
        ['parquet', 'application/pdf', PARQUET],
        ['csv', undefined, CSV],
      ];
      for (const table of TABLES) {
        for (const [format, accept, type] of cases) {
          const path = `/v1/exports/${table}?as_of=2017-12-31${format === undefined ? '' : `&format=${format}`}`;
          const { status, headers } = await bytesOf(path, accept === undefined ? {} : { accept });
          const about = `${path} ${accept}`;
          assert.equal(status, 200, about);
          assert.equal(headers.get('content-type')?.split(';')[0], type, about);
          assert.equal(headers.get('vary'), format === undefined ? 'Accept' : null, about);
          const ending = { [CSV]: 'csv', [NDJSON]: 'ndjson', [PARQUET]: 'parquet' }[type];
          assert.equal(
            headers.get('content-disposition'),
            `attachment; filename="james-${table}-2017-12-31.${ending}"`,
            about,
          );
          assert.equal(headers.get('x-as-of'), '2017-12-31');
          assert.equal(headers.get('x-known-at'), '2018-02-02');
          assert.equal(headers.get('content-length'), null);
        }
      }
    });

    test('is refused where Accept takes none', async () => {
      for (const accept of ['application/pdf', 'application/json', `${CSV};q=0, application/pdf`]) {
        const answer = await client.get('/v1/exports/loans', { headers: { accept } });
        assertProblem(answer, 406, 'not-acceptable', ['accept'], accept);
      }
    });

    test('names what was known when in the name of the file', async () => {
      const { headers } = await bytesOf('/v1/exports/book?as_of=2018-01-31&known_at=2018-02-01');
      assert.equal(
        headers.get('content-disposition'),
        'attachment; filename="james-book-2018-01-31-known-2018-02-01.csv"',
      );
    });

    test('is told by HEAD, with nothing behind it', async () => {
      const response = await fetch(`${client.url}/v1/exports/payments`, {
        method: 'HEAD',
        headers: { authorization: 'Bearer secretkeydev', accept: PARQUET },
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), PARQUET);
      assert.match(response.headers.get('content-disposition') ?? '', /james-payments-2018-02-02\.parquet/);
    });
  });

  describe('an export', () => {
    test('is for whoever may read, and for nobody else', async () => {
      const created = await client.post('/v1/keys', { name: 'analyst', role: 'viewer' });
      const { key } = objectOf(created) as { key: string };
      for (const table of TABLES) {
        const viewed = await client.get(`/v1/exports/${table}`, { key });
        assert.equal(viewed.status, 200, viewed.text);
        assertProblem(await client.get(`/v1/exports/${table}`, { key: null }), 401, 'unauthorized');
        assertProblem(await client.post(`/v1/exports/${table}`, {}), 404, 'not-found');
      }
    });

    test('refuses parameters that are none, each of them named', async () => {
      const cases: readonly (readonly [Table, string, string])[] = [
        ['loans', 'format=xlsx', 'format'],
        ['loans', 'as_of=2017-02-29', 'as_of'],
        ['payments', 'known_at=x', 'known_at'],
        ['loans', 'status=open', 'status'],
        ['loans', 'days_past_due_min=-1', 'days_past_due_min'],
        ['loans', 'payment=made', 'payment'],
        ['loans', 'limit=5', 'limit'],
        ['payments', 'payment=late', 'payment'],
        ['payments', 'include_reversed=maybe', 'include_reversed'],
        ['payments', 'date_from=05/08/2017', 'date_from'],
        ['payments', `reference=${'r'.repeat(101)}`, 'reference'],
        ['payments', 'status=active', 'status'],
        ['book', 'reference=A', 'reference'],
        ['book', 'days_past_due_min=x', 'days_past_due_min'],
      ];
      for (const [table, query, pointer] of cases) {
        const answer = await client.get(`/v1/exports/${table}?${query}`);
        assertProblem(answer, 400, 'invalid-request', [pointer], `${table} ${query}`);
      }
    });

    test('of what will be known is refused', async () => {
      for (const table of TABLES) {
        const answer = await client.get(`/v1/exports/${table}?known_at=2018-02-03`);
        assertProblem(answer, 422, 'known-at-in-future', ['known_at']);
      }
    });
  });
});
