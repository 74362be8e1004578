// Clients of a bank that go on, on both surfaces, whatever happens to the database. Each alone touches its loans, so it
// knows exactly what must be recorded and what each true answer is; in the end all that they know must be there, once,
// and nothing else. They know the service by HTTP and the command line only.

import assert from 'node:assert/strict';
import { installmentExactly, readCents, readRatio, roundDown, writeCents } from '../oracle/annuity.ts';
import { bookAsOf } from '../oracle/book.ts';
import { dayNumber, readDay } from '../oracle/calendar.ts';
import { type JamesClient, jamesClient } from './james-client.ts';
import { answerCheck } from './openapi-answers.ts';
import { until } from './polling.ts';
import { runJames, type Service } from './service.ts';
import {
  asked,
  type Heard,
  heardFromJames,
  heardFromV1,
  recorded,
  Tally,
  type Write,
} from './until-answered.ts';
import { assertMembers } from './v1-assertions.ts';
import { developmentKey, type V1Client, v1Client } from './v1-client.ts';
import { listed } from './v1-steps.ts';

const TERMS = { amount: '1000.00', term: 24, rate: '0.05', date: '2017-08-05' } as const;
const AMOUNT_CENTS = readCents(TERMS.amount);
const RATE = readRatio(TERMS.rate);
const INSTALLMENT_CENTS = roundDown(installmentExactly(AMOUNT_CENTS, RATE, TERMS.term));
const INSTALLMENT = writeCents(INSTALLMENT_CENTS);

const PAYMENT_DATES = ['2017-09-05', '2017-10-05', '2017-11-05'] as const;
const REVERSED_DATE = '2017-10-05';
/** After whatever is recorded here, and before any loan could be paid off. */
const LATE = '2018-12-31';

/** What its client knows of a loan: what was recorded, in this order. */
interface KnownLoan {
  readonly id: string;
  readonly history: string[];
  readonly madeOn: Set<string>;
}

/** What all clients share. */
interface Bank {
  readonly v1: V1Client;
  readonly james: JamesClient;
  readonly tally: Tally;
  loansWanted: number;
  loansAcknowledged: number;
}

function balanceOf({ madeOn }: KnownLoan): string {
  return writeCents(INSTALLMENT_CENTS * BigInt(TERMS.term - madeOn.size));
}

class StubbornClient {
  readonly loans: KnownLoan[] = [];
  /** Payments that it has recorded. */
  steps = 0;
  readonly #bank: Bank;
  readonly #name: string;
  #writes = 0;

  constructor(bank: Bank, name: string) {
    this.#bank = bank;
    this.#name = name;
  }

  /** A loan and three payments, one of them taken back, each in another way by turns; and questions between. */
  async round(isOver: () => boolean): Promise<void> {
    const loan = await this.#issue();
    for (const date of PAYMENT_DATES) {
      if (isOver()) return;
      const paymentId = await this.#pay(loan, date);
      if (date === REVERSED_DATE && paymentId !== undefined) await this.#reverse(loan, date, paymentId);
      await this.#askLoan(loan);
      await this.#askBook();
      this.steps += 1;
    }
  }

  /** Records in one of several ways, each in its turn. */
  #write(name: string, ways: readonly Omit<Write, 'name'>[]): Promise<Heard> {
    const way = ways[this.#writes++ % ways.length] as Omit<Write, 'name'>;
    return recorded(this.#bank.tally, { name, ...way });
  }

  #ask(path: string): Promise<Heard> {
    return asked(this.#bank.tally, () => heardFromV1(this.#bank.v1.get(path)));
  }

  async #issue(): Promise<KnownLoan> {
    const { v1, james } = this.#bank;
    const reference = `${this.#name}-${this.loans.length}`;
    const send: Write['send'] = (options) => heardFromV1(v1.issue({ ...TERMS, reference }, options));
    this.#bank.loansWanted += 1;
    const heard = await this.#write('issue', [
      { accepted: 201, hasKey: true, send },
      { accepted: 201, hasKey: false, send },
      // The James surface knows no reference, by which a loan could be found that was recorded unheard.
      {
        accepted: 200,
        hasKey: true,
        send: (options) => heardFromJames(james.issue({ term: '24' }, options)),
      },
    ]);
    this.#bank.loansAcknowledged += 1;
    const found = heard.status === 409 ? await this.#ask(`/v1/loans?reference=${reference}`) : heard;
    const { id, loan_id, data } = found.json as { id?: string; loan_id?: string; data?: { id: string }[] };
    const loan = { id: id ?? loan_id ?? data?.[0]?.id ?? assert.fail(found.text), history: ['issued'] };
    const known = { ...loan, madeOn: new Set<string>() };
    this.loans.push(known);
    return known;
  }

  /** Records a made payment; tells its id, where the answer did. */
  async #pay(loan: KnownLoan, date: string): Promise<string | undefined> {
    const { v1, james } = this.#bank;
    const { id } = loan;
    const byV1: Write['send'] = (options) => heardFromV1(v1.pay(id, date, {}, options));
    const byJames: Write['send'] = (options) =>
      heardFromJames(james.pay({ id, installment: INSTALLMENT }, date, {}, options));
    const heard = await this.#write('pay', [
      { accepted: 201, hasKey: true, send: byV1 },
      { accepted: 201, hasKey: false, send: byV1 },
      { accepted: 200, hasKey: true, send: byJames },
      { accepted: 200, hasKey: false, send: byJames },
    ]);
    loan.history.push(`made ${date}`);
    loan.madeOn.add(date);
    return heard.status === 201 ? (heard.json['id'] as string) : undefined;
  }

  async #reverse(loan: KnownLoan, date: string, paymentId: string): Promise<void> {
    const { v1 } = this.#bank;
    const send: Write['send'] = (options) =>
      heardFromV1(v1.post(`/v1/payments/${paymentId}/reversal`, undefined, options));
    await this.#write('reverse', [
      { accepted: 201, hasKey: true, send },
      { accepted: 201, hasKey: false, send },
    ]);
    loan.history.push(`payment_reversed ${date}`);
    loan.madeOn.delete(date);
  }

  /** Nobody else touches the loan, so there is one true answer. */
  async #askLoan(loan: KnownLoan): Promise<void> {
    const { james, tally } = this.#bank;
    const { json } = await this.#ask(`/v1/loans/${loan.id}/balance?as_of=${LATE}`);
    assert.equal(json['value'], balanceOf(loan), loan.id);
    const byJames = await asked(tally, () =>
      heardFromJames(james.balance({ id: loan.id, installment: INSTALLMENT }, LATE)),
    );
    assert.equal(byJames.json['balance'], Number(balanceOf(loan)), loan.id);
  }

  /** The others go on meanwhile: what was acknowledged before counts, and nothing that nobody asked for. */
  async #askBook(): Promise<void> {
    const least = this.#bank.loansAcknowledged;
    const outstanding = await this.#ask(`/v1/book/outstanding?as_of=${LATE}`);
    const arrears = await this.#ask(`/v1/book/arrears?as_of=${LATE}`);
    const series = await this.#ask(`/v1/book/outstanding/series?from=2017-08-31&to=${LATE}&step=month`);
    const { total, buckets } = arrears.json as { total: { volume: number }; buckets: { volume: number }[] };
    const { points } = series.json as { points: { volume: number }[] };
    const volumes = [
      outstanding.json['volume'] as number,
      total.volume,
      buckets.reduce((sum, { volume }) => sum + volume, 0),
      points.at(-1)?.volume ?? Number.NaN,
    ];
    const most = this.#bank.loansWanted;
    for (const volume of volumes) {
      assert.ok(volume >= least && volume <= most, `${volumes}, where ${least} to ${most} is true`);
    }
  }
}

export class StubbornClients {
  readonly tally: Tally;
  readonly #bank: Bank;
  readonly #output: Service['output'];
  readonly #clients: readonly StubbornClient[];
  #isOver = false;
  #failure: unknown;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(bank: Bank, output: Service['output'], count: number) {
    this.#output = output;
    this.tally = bank.tally;
    this.#bank = bank;
    this.#clients = Array.from({ length: count }, (_, index) => new StubbornClient(bank, `C${index}`));
  }

  /** Clients of a service whose database is empty; they begin at once. */
  static async start({ url, output }: Service, count: number): Promise<StubbornClients> {
    const v1 = v1Client(url, developmentKey, await answerCheck(url));
    const bank = { v1, james: jamesClient(url), tally: new Tally(), loansWanted: 0, loansAcknowledged: 0 };
    const clients = new StubbornClients(bank, output, count);
    clients.#goOn();
    return clients;
  }

  /** Resolves when every client has been served again since now. */
  async served(): Promise<void> {
    const goals = this.#clients.map((client) => [client, client.steps + 1] as const);
    await this.until(() => goals.every(([client, goal]) => client.steps >= goal), 'all clients are served');
  }

  /** Resolves when so many more answers were 503. */
  async refused(more = 10): Promise<void> {
    const goal = this.tally.count(503) + more;
    await this.until(() => this.tally.count(503) >= goal, 'clients are told that the database cannot serve');
  }

  /** Resolves when a condition of the test's own holds, while the clients go on; rejects as soon as one of them fails. */
  async until(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
    await until(() => this.#failure !== undefined || condition(), what);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Every client ends what it has begun. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** All that was acknowledged is there once, and nothing else, by every account; `databaseUrl` is for james verify. */
  async assertKept(databaseUrl: string): Promise<void> {
    const { v1 } = this.#bank;
    const loans = this.#clients.flatMap((client) => client.loans);
    const listedLoans = await listed(v1, '/v1/loans', { limit: '500' });
    assert.deepEqual(listedLoans.map(({ id }) => id).sort(), loans.map(({ id }) => id).sort());
    await Promise.all(
      this.#clients.map(async (client) => {
        for (const { id, history } of client.loans) {
          const entries = await listed(v1, `/v1/loans/${id}/history`);
          const found = entries.map(({ kind, date }) => (kind === 'issued' ? kind : `${kind} ${date}`));
          assert.deepEqual(found, history, id);
        }
      }),
    );
    await this.#assertBook(loans);
    const { code, output } = await runJames(['verify'], { env: { DATABASE_URL: databaseUrl } });
    assert.equal(code, 0, output);
  }

  async #assertBook(loans: readonly KnownLoan[]): Promise<void> {
    const { v1 } = this.#bank;
    const oracle = loans.map(({ id, madeOn }) => ({
      reference: id,
      amountCents: AMOUNT_CENTS,
      rate: RATE,
      term: TERMS.term,
      date: readDay(TERMS.date),
      installmentCents: INSTALLMENT_CENTS,
      madeOn: [...madeOn].map((date) => dayNumber(readDay(date))),
    }));
    for (const asOf of ['2017-08-31', '2017-10-31', LATE]) {
      const { total, buckets, par } = bookAsOf(oracle, asOf);
      assertMembers(await v1.outstanding(asOf), 200, total, asOf);
      assertMembers(await v1.arrears(asOf), 200, { total, buckets, par }, asOf);
    }
  }

  #goOn(): void {
    const isOver = () => this.#isOver;
    this.#running = Promise.all(
      this.#clients.map(async (client) => {
        try {
          while (!isOver()) await client.round(isOver);
        } catch (error) {
          this.#failure ??= new Error(`what the service wrote:\n${this.#output().slice(-4000)}`, {
            cause: error,
          });
          this.#isOver = true;
        }
      }),
    );
  }
}
