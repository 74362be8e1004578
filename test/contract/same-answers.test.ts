// The engines answer alike, to the byte: one script of requests is sent to each, of every address of both surfaces, good
// and bad, and the answers are equal but for ids, request ids, and the hashes that cover them. (Instants are equal too: the clock is the test's.)

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockedService } from '../support/clocked-service.ts';
import { EVERY_ENGINE, type TestEngine } from '../support/engines.ts';
import { tokenOf } from '../support/james-client.ts';
import { developmentKey } from '../support/v1-client.ts';

const DAY_MS = 86_400_000;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const HASH = /"hash":"[0-9a-f]{64}"/g;
/** Cursors name ids, or rows, of their own engine. */
const CURSOR = /"next":"[^"]+"/g;
const HEADERS = ['content-type', 'location', 'retry-after', 'idempotent-replayed', 'cache-control', 'allow'];

/** A session with one engine: what was sent and what came back, with ids by the order in which they first appear. */
class Session {
  readonly answers: string[] = [];
  readonly #url: string;
  readonly #ids = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async send(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const isV1 = path.startsWith('/v1');
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: isV1 ? `Bearer ${developmentKey}` : tokenOf(developmentKey),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const told = HEADERS.map((name) => `${name}: ${response.headers.get(name)}`).join(', ');
    const shown = `${method} ${path} ${body ?? ''}\n${response.status} ${told}\n${text.replace(CURSOR, '"next":"…"').replace(HASH, '"hash":"…"')}`;
    this.answers.push(shown.replace(ID, (id) => this.#name(id)));
    return text.startsWith('{') ? JSON.parse(text) : undefined;
  }

  get(path: string): Promise<unknown> {
    return this.send('GET', path);
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<string> {
    const json = await this.send('POST', path, JSON.stringify(body), headers);
    const { id, loan_id: loanId } = (json ?? {}) as { id?: string; loan_id?: string };
    return id ?? loanId ?? '';
  }

  /** All pages of a list. */
  async list(path: string): Promise<void> {
    let page = (await this.get(path)) as { next?: string | null };
    while (typeof page.next === 'string') {
      const json = await fetch(`${this.#url}${path}&after=${page.next}`, {
        headers: { authorization: `Bearer ${developmentKey}` },
      });
      const text = await json.text();
      this.answers.push(
        text
          .replace(CURSOR, '"next":"…"')
          .replace(HASH, '"hash":"…"')
          .replace(ID, (id) => this.#name(id)),
      );
      page = JSON.parse(text) as { next?: string | null };
    }
  }

  #name(id: string): string {
    let name = this.#ids.get(id);
    if (name === undefined) {
      name = `<${this.#ids.size + 1}>`;
      this.#ids.set(id, name);
    }
    return name;
  }
}

const TERMS = { amount: '1000.00', term: 12, rate: '0.05', date: '2017-08-05' };

async function write(session: Session, clock: { at: number }): Promise<string[]> {
  const steady = await session.post('/v1/loans', { ...TERMS, reference: 'steady' });
  const keyed = { 'idempotency-key': 'once' };
  const short = await session.post('/v1/loans', { ...TERMS, term: 2, rate: '0', amount: '99.99' }, keyed);
  await session.post('/v1/loans', { ...TERMS, term: 2, rate: '0', amount: '99.99' }, keyed);
  await session.post('/v1/loans', { ...TERMS, term: 3 }, keyed);
  await session.post('/v1/loans', { ...TERMS, reference: 'steady' });
  const james = await session.post('/loans', {
    amount: 123456.78,
    term: 36,
    rate: 0.1199,
    date: '2017-01-31',
  });
  const large = await session.post('/v1/loans', {
    ...TERMS,
    amount: '9999999999999.99',
    term: 1,
    reference: 'Größe',
  });
  const mistake = await session.post('/v1/loans', { ...TERMS, reference: 'mistake' });
  clock.at += DAY_MS;
  for (const date of ['2017-09-05', '2017-10-31', '2017-10-01', '2017-08-04']) {
    await session.post(`/v1/loans/${steady}/payments`, { payment: 'made', date });
    await session.post(`/loans/${james}/payments`, { payment: 'missed', date, amount: 4100.15 });
  }
  const missed = await session.post(`/v1/loans/${steady}/payments`, {
    payment: 'missed',
    date: '2017-11-05',
  });
  clock.at += DAY_MS;
  const replaces = await session.post(`/v1/loans/${steady}/payments`, {
    payment: 'made',
    date: '2017-11-20',
    replaces: missed,
  });
  await session.post(`/v1/payments/${missed}/reversal`, {});
  await session.post(
    `/v1/payments/${replaces}/reversal`,
    { reason: 'returned by the customer’s bank' },
    keyed,
  );
  for (const date of ['2017-09-05', '2017-10-05', '2017-11-05']) {
    await session.post(`/v1/loans/${short}/payments`, { payment: 'made', date, amount: '49.99' });
  }
  await session.post(`/v1/loans/${large}/payments`, { payment: 'made', date: '2018-02-28', amount: '1.00' });
  await session.post(`/v1/loans/${steady}/reversal`, {});
  await session.post(`/v1/loans/${mistake}/reversal`, { reason: 'typed twice' });
  await session.post(`/v1/loans/${mistake}/payments`, { payment: 'made', date: '2017-09-05' });
  return [steady, short, james, large, mistake, missed];
}

async function ask(session: Session, ids: readonly string[]): Promise<void> {
  for (const known of [
    '',
    '&known_at=2026-11-21',
    '&known_at=2026-11-22',
    '&known_at=2026-11-24',
    '&known_at=2030-01-01',
  ]) {
    for (const asOf of ['2016-12-31', '2017-08-05', '2017-11-05', '2018-06-30', '9999-12-31']) {
      await session.get(`/v1/book/outstanding?as_of=${asOf}${known}`);
      await session.get(`/v1/book/arrears?as_of=${asOf}${known}`);
      await session.get(`/v1/book/arrears?as_of=${asOf}&buckets=7,90,365${known}`);
      for (const id of ids) await session.get(`/v1/loans/${id}/balance?as_of=${asOf}${known}`);
    }
    for (const step of ['week', 'month', 'quarter', 'year']) {
      const period = `from=2017-01-15&to=2018-03-03${known}`;
      await session.get(`/v1/book/outstanding/series?step=${step}&${period}`);
      await session.get(`/v1/book/arrears/series?step=${step}&buckets=30&${period}`);
    }
    await session.get(`/v1/book/movements?from=2017-09-01&to=2017-10-31${known}`);
    for (const id of ids) await session.get(`/v1/loans/${id}/schedule?as_of=2017-12-31${known}`);
  }
  for (const id of ids) {
    await session.get(`/v1/loans/${id}`);
    await session.get(`/v1/payments/${id}`);
    await session.list(`/v1/loans/${id}/history?limit=2`);
    await session.list(`/v1/loans/${id}/payments?limit=2`);
    await session.post(`/loans/${id}/balance`, { date: '2017-10-31 23:59:59Z' });
    await session.post(`/loans/${id}/balance`, { date: 'today' });
  }
  for (const filter of [
    '',
    '&status=active',
    '&status=paid_off',
    '&status=reversed',
    '&reference=Gr%C3%B6%C3%9Fe',
  ]) {
    await session.list(`/v1/loans?limit=2${filter}`);
    await session.list(`/v1/loans?limit=2&date_from=2017-01-01${filter}`);
    await session.list(`/v1/loans?limit=2&days_past_due_min=1${filter}`);
  }
}

async function err(session: Session, ids: readonly string[]): Promise<void> {
  const [loan = ''] = ids;
  const nobody = '01900000-0000-7000-8000-000000000000';
  for (const path of ['/v1/loans', `/v1/loans/${loan}/payments`, '/loans', `/loans/${loan}/payments`]) {
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '{}',
      '{"amount":-1,"term":0.5,"rate":1e300,"date":"2017-02-29"}',
    ]) {
      await session.send('POST', path, body);
    }
    await session.send('POST', path, '{}', { authorization: 'Bearer nobody' });
  }
  for (const id of [nobody, 'x', `${loan.toUpperCase()}`, '%00', 'a%2Fb']) {
    await session.get(`/v1/loans/${id}`);
    await session.get(`/v1/loans/${id}/balance`);
    await session.get(`/v1/payments/${id}`);
    await session.post(`/v1/payments/${id}/reversal`, {});
    await session.post(`/v1/loans/${id}/reversal`, {});
    await session.post(`/loans/${id}/payments`, { payment: 'made', date: '2017-09-05', amount: 85.6 });
  }
  for (const query of [
    'as_of=x',
    'as_of=2017-02-30',
    'known_at=0000-01-01',
    'buckets=3,2',
    'buckets=',
    'other=1',
  ]) {
    await session.get(`/v1/book/outstanding?${query}`);
    await session.get(`/v1/book/arrears?${query}`);
  }
  await session.get('/v1/loans?after=nonsense');
  await session.get('/v1/book/outstanding/series?from=2018-01-01&to=2017-01-01');
  await session.get('/healthz');
  await session.get('/openapi.json');
}

async function answersOf(engine: TestEngine): Promise<string[]> {
  await using service = await clockedService({
    engine,
    at: Date.UTC(2026, 10, 22, 12),
    timeZone: 'Europe/Berlin',
  });
  const session = new Session(service.url);
  const ids = await write(session, service.clock);
  await ask(session, ids);
  await err(session, ids);
  return session.answers;
}

const [reference, ...others] = EVERY_ENGINE as readonly [TestEngine, ...TestEngine[]];
for (const engine of others) {
  test(`${engine.name} answers as ${reference.name} does, byte by byte`, async (t) => {
    const expected = await answersOf(reference);
    const actual = await answersOf(engine);
    assert.ok(expected.length > 400, `only ${expected.length} answers`);
    for (const [index, answer] of expected.entries()) assert.equal(actual[index], answer);
    assert.equal(actual.length, expected.length);
    t.diagnostic(`${expected.length} answers`);
  });
}
