// Two processes on one database: an import beside a server that is taking loans and payments all the while, and
// two servers. Whatever is accepted counts once, and the book is the sum of the loans, by this test's own account.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { installmentExactly, readCents, readRatio, roundDown, writeCents } from '../oracle/annuity.ts';
import { bookAsOf, type OracleLoan } from '../oracle/book.ts';
import { dayNumber, readDay } from '../oracle/calendar.ts';
import { onEachEngine, type TestDatabase } from '../support/engines.ts';
import { runJames, type Service, startService, temporaryDirectory } from '../support/service.ts';
import { assertMembers, assertProblem, objectOf } from '../support/v1-assertions.ts';
import { type V1Answer, type V1Client, v1Client } from '../support/v1-client.ts';

const terms = { amount: '1000.00', term: 24, rate: '0.05', date: '2017-08-05' } as const;
const amountCents = readCents(terms.amount);
const rate = readRatio(terms.rate);
const installmentCents = roundDown(installmentExactly(amountCents, rate, terms.term));

/** What this test knows of a loan: the dates of the payments that were accepted. */
type Known = { readonly reference: string; readonly id: string | undefined; readonly madeOn: string[] };

function oracleLoan({ reference, madeOn }: Known): OracleLoan {
  const days = madeOn.map((date) => dayNumber(readDay(date)));
  return {
    reference,
    amountCents,
    rate,
    term: terms.term,
    date: readDay(terms.date),
    installmentCents,
    madeOn: days,
  };
}

/** The day of the month, `months` after that of the loan. */
function dateIn(months: number, day: string): string {
  const index = 7 + months;
  return `${2017 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-${day}`;
}

type Report = { read: number; accepted: number; skipped: number; rejected: number };

async function inParallel(lanes: number, work: (lane: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
}

onEachEngine((engine) => {
  let directory: string;
  let database: TestDatabase;
  let first: Service | undefined;
  let second: Service | undefined;
  let client: V1Client;
  let other: V1Client;

  before(async () => {
    directory = temporaryDirectory();
    database = await engine.freshDatabase();
    first = await startService({ databaseUrl: database.url });
    client = v1Client(first.url);
  });
  after(async () => {
    await second?.stop();
    await first?.stop();
    await database?.[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  function csvFile(name: string, header: string, rows: readonly string[]): string {
    const file = join(directory, name);
    writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
    return file;
  }

  async function importFile(kind: 'loans' | 'payments', file: string): Promise<Report> {
    const args = ['import', kind, file, '--json', '--rejects', `${file}.rejects`];
    const { code, output } = await runJames(args, { env: { DATABASE_URL: database.url } });
    const report = /^\{.*\}$/m.exec(output)?.[0];
    assert.ok(report !== undefined && (code === 0 || code === 2), `exit code ${code}\n${output}`);
    return JSON.parse(report) as Report;
  }

  async function assertBook(known: readonly Known[]): Promise<void> {
    const loans = known.map(oracleLoan);
    for (const asOf of ['2017-08-31', '2018-01-31', '2018-08-31', '2019-12-31']) {
      const { total, buckets, par } = bookAsOf(loans, asOf);
      assertMembers(await client.outstanding(asOf), 200, total, asOf);
      assertMembers(await client.arrears(asOf), 200, { total, buckets, par }, asOf);
    }
  }

  describe('an import beside a server', () => {
    const importedLoans = 1000;
    const paidMonths = 10;
    const known: Known[] = [];
    /** Loans that the server has issued, whose payments come from both sides. */
    const contested: Known[] = [];

    test('of loans takes nothing from the loans that the server issues meanwhile', async () => {
      const rows = Array.from(
        { length: importedLoans },
        (_, index) => `I-${index},1000.00,24,0.05,2017-08-05`,
      );
      let importing = true;
      const imported = importFile(
        'loans',
        csvFile('loans.csv', 'reference,amount,term,rate,date', rows),
      ).finally(() => {
        importing = false;
      });
      let next = 0;
      await inParallel(16, async () => {
        while (importing || next < 250) {
          const reference = `H-${next++}`;
          const { id } = await client.loan({ ...terms, reference });
          contested.push({ reference, id, madeOn: [] });
        }
      });
      const report = await imported;
      assert.deepEqual([report.read, report.accepted, report.rejected], [importedLoans, importedLoans, 0]);
      for (let index = 0; index < importedLoans; index += 1) {
        known.push({ reference: `I-${index}`, id: undefined, madeOn: [] });
      }
      known.push(...contested);
      await assertBook(known);
    });

    test('of payments takes each month once, whoever comes first', async (t) => {
      const months = Array.from({ length: paidMonths }, (_, index) => index + 1);
      const rows = known.flatMap((loan) =>
        months.map(
          (month) => `${loan.reference},made,${dateIn(month, '05')},${writeCents(installmentCents)}`,
        ),
      );
      // Neighbours in the file must not be of one loan, or a batch would take a whole loan at a time.
      const stride = 7919;
      const shuffled = rows.map((_, index) => rows[(index * stride) % rows.length] ?? assert.fail());
      assert.notEqual(rows.length % stride, 0);

      const tried = new Map<string, V1Answer>();
      let importing = true;
      const file = csvFile('payments.csv', 'reference,payment,date,amount', shuffled);
      const imported = importFile('payments', file).finally(() => {
        importing = false;
      });
      let turn = 0;
      await inParallel(16, async () => {
        while (importing) {
          const count = turn++;
          const loan = contested[count % contested.length] ?? assert.fail();
          // By turns a month that the file has too, one that it has not, and a new loan.
          const month = count % 3 === 0 ? paidMonths + 1 + (count % 9) : 1 + (count % paidMonths);
          const key = `${loan.reference} ${month}`;
          if (count % 4 === 3) {
            const reference = `N-${count}`;
            const { id } = await client.loan({ ...terms, reference });
            known.push({ reference, id, madeOn: [] });
          } else if (!tried.has(key)) {
            const sending = client.pay(loan.id ?? assert.fail(), dateIn(month, '20'));
            tried.set(key, await sending);
          } else await client.outstanding('2018-01-31');
        }
      });
      const report = await imported;
      // Each of these the file has, and what it has is recorded now.
      for (const loan of contested.slice(0, 20)) {
        const key = `${loan.reference} 1`;
        if (!tried.has(key)) tried.set(key, await client.pay(loan.id ?? assert.fail(), dateIn(1, '20')));
      }

      let takenByServer = 0;
      let takenByImport = 0;
      const inFile = (month: number) => month <= paidMonths;
      for (const loan of contested) {
        for (let month = 1; month <= paidMonths + 12; month += 1) {
          const answer = tried.get(`${loan.reference} ${month}`);
          if (answer?.status === 201) {
            loan.madeOn.push(dateIn(month, '20'));
            if (inFile(month)) takenByServer += 1;
          } else if (inFile(month)) loan.madeOn.push(dateIn(month, '05'));
          if (answer !== undefined && answer.status !== 201) {
            assert.ok(inFile(month), `${loan.reference} ${month} was the server's alone: ${answer.text}`);
            assertProblem(answer, 409, 'duplicate-payment');
            takenByImport += 1;
          }
        }
      }
      for (const loan of known) {
        if (loan.id === undefined) for (const month of months) loan.madeOn.push(dateIn(month, '05'));
      }
      t.diagnostic(`contested: ${takenByServer} by the server, ${takenByImport} by the import first`);
      assert.ok(takenByServer > 0);
      assert.ok(takenByImport > 0);
      assert.deepEqual(
        [report.read, report.accepted, report.skipped, report.rejected],
        [rows.length, rows.length - takenByServer, 0, takenByServer],
      );
      await assertBook(known);
    });

    test('run again finds everything recorded, and the book stays as it is', async () => {
      const before = objectOf(await client.outstanding('2019-12-31'));
      const report = await importFile('payments', join(directory, 'payments.csv'));
      assert.equal(report.accepted, 0);
      assert.deepEqual(objectOf(await client.outstanding('2019-12-31')), before);
      const env = { DATABASE_URL: database.url };
      const { code, output } = await runJames(['book', '--as-of', '2019-12-31', '--json'], { env });
      assert.equal(code, 0, output);
      const { outstanding } = JSON.parse(output) as { outstanding: unknown };
      assert.deepEqual(outstanding, before);
    });
  });

  describe('two servers on one database', () => {
    before(async () => {
      second = await startService({ databaseUrl: database.url });
      other = v1Client(second.url);
    });

    test("see each other's loans and payments at once", async () => {
      for (const [one, two] of [
        [client, other],
        [other, client],
      ] as const) {
        const before = objectOf(await two.outstanding('2017-09-30'))['volume'] as number;
        const loan = await one.loan({ ...terms });
        assertMembers(await two.get(`/v1/loans/${loan.id}`), 200, { id: loan.id, payments_made: 0 });
        assert.equal(objectOf(await two.outstanding('2017-09-30'))['volume'], before + 1);
        await one.paid(loan.id, '2017-09-05');
        assertMembers(await two.balance(loan.id, '2017-09-05'), 200, { payments_made: 1 });
        assertProblem(await two.pay(loan.id, '2017-09-06'), 409, 'duplicate-payment');
        assertMembers(await two.pay(loan.id, '2017-10-05'), 201, {});
        assertProblem(await one.pay(loan.id, '2017-10-06'), 409, 'duplicate-payment');
      }
    });

    test('give a reference to one loan between them', async () => {
      await client.loan({ reference: 'between two' });
      assertProblem(await other.issue({ reference: 'between two' }), 409, 'reference-taken', ['/reference']);
      const sent = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? client : other).issue({ reference: 'at once' }),
      );
      const statuses = (await Promise.all(sent)).map((answer) => answer.status);
      assert.deepEqual(statuses.sort(), [201, ...Array.from({ length: 19 }, () => 409)]);
    });

    test('book exactly one of 40 equal payments that are thrown at both', async () => {
      for (let round = 0; round < 5; round += 1) {
        const loan = await client.loan();
        const sent = Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? client : other).pay(loan.id, '2017-09-05', { amount: '85.60' }),
        );
        const answers = await Promise.all(sent);
        const accepted = answers.filter((answer) => answer.status === 201);
        assert.equal(accepted.length, 1, answers.map((answer) => answer.status).join(' '));
        for (const answer of answers) {
          if (answer.status !== 201) assertProblem(answer, 409, 'duplicate-payment');
        }
        for (const one of [client, other]) {
          assertMembers(await one.balance(loan.id, '2017-09-30'), 200, { value: '941.60' });
        }
      }
    });

    test('take no more than the term between them, and the book is the same from both', async () => {
      const loan = await client.loan({ term: 3 });
      const sent = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? client : other).pay(loan.id, `${2018 + index}-01-05`),
      );
      const answers = await Promise.all(sent);
      assert.equal(answers.filter((answer) => answer.status === 201).length, 3);
      for (const asOf of ['2017-09-30', '2018-01-31', '2999-12-31']) {
        const of = async (one: V1Client) => {
          const { known_at: _, ...arrears } = objectOf(await one.arrears(asOf));
          return arrears;
        };
        assert.deepEqual(await of(client), await of(other));
      }
    });
  });
});
