// Authorization of the James surface: the SHA-256 of the API key, nothing before it, and a 403 with
// an empty object before anything else is looked at.

import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import {
  assertAnswer,
  assertBalance,
  assertIssued,
  assertPaymentAdded,
} from '../support/james-assertions.ts';
import {
  developmentTokens,
  type JamesClient,
  jamesClient,
  type Loan,
  loanText,
} from '../support/james-client.ts';
import { type Service, startService } from '../support/service.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: JamesClient;
  let loan: Loan;

  before(async () => {
    service = await startService({ engine });
    client = jamesClient(service.url);
    loan = await client.loan();
  });
  after(async () => {
    await service?.stop();
  });

  const unknownId = '01890a5d-ac96-774b-bcce-b302099a8057';
  const token = developmentTokens.secretkeydev;

  const refused: readonly (readonly [string, string | null])[] = [
    ['no header', null],
    ['an empty header', ''],
    ['the key itself', 'secretkeydev'],
    ['the other key itself', 'seekrit'],
    ['a Bearer scheme before the hash', `Bearer ${token}`],
    ['a Basic scheme before the hash', `Basic ${token}`],
    ['something before the hash', `x${token}`],
    ['something after the hash', `${token}x`],
    ['the hash twice', `${token}${token}`],
    ['the hash in a list', `${token}, ${token}`],
    ['the hash in upper case', token.toUpperCase()],
    ['the hash cut by a digit', token.slice(0, -1)],
    ['the hash with another last digit', `${token.slice(0, -1)}8`],
    ['the hash of nothing', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['letters outside ASCII', 'c3d09a8c8b5d4ee8\u00e9'],
  ];

  describe('authorization', () => {
    for (const [key, hash] of Object.entries(developmentTokens)) {
      test(`in development the hash of ${key} opens all three routes`, async () => {
        const options = { authorization: hash };
        assertIssued(await client.issue({}, options), '85.6');
        const own = await client.loan();
        assertPaymentAdded(await client.pay(own, '2017-09-05', {}, options));
        assertBalance(await client.balance(own, '2017-09-05', options), '941.6');
      });
    }

    for (const [what, authorization] of refused) {
      test(`${what} is refused on every POST route`, async () => {
        const options = { authorization };
        assertAnswer(await client.issue({}, options), 403, {});
        assertAnswer(await client.pay(loan, '2017-09-05', {}, options), 403, {});
        assertAnswer(await client.balance(loan, '2017-09-05', options), 403, {});
      });
    }

    for (const authorization of [null, 'secretkeydev', `Bearer ${token}`]) {
      test(`with ${authorization === null ? 'no header' : authorization.slice(0, 12)} nothing else is looked at`, async () => {
        const paths = [
          '/loans',
          `/loans/${loan.id}/payments`,
          `/loans/${loan.id}/balance`,
          `/loans/${unknownId}/payments`,
          `/loans/${unknownId}/balance`,
          '/loans/none/payments',
          '/loans/none/balance',
        ];
        for (const path of paths) {
          for (const body of ['', '{', '[]', 'null', '{}', '{"date":"never"}', loanText()]) {
            const answer = await client.post(path, body, { authorization, raw: true });
            assertAnswer(answer, 403, {}, `POST ${path} ${body}`);
          }
        }
      });
    }

    test('a refused payment is not booked', async () => {
      const own = await client.loan();
      assertAnswer(await client.pay(own, '2017-09-05', {}, { authorization: null }), 403, {});
      assertBalance(await client.balance(own, '2017-12-31'), '1027.2');
      assertPaymentAdded(await client.pay(own, '2017-09-05'));
    });

    test('the name of the header is read in any case', async () => {
      const answer = await client.issue({}, { authorization: null, headers: { AUTHORIZATION: token } });
      assertIssued(answer, '85.6');
    });
  });
});
