// GET /v1/book/outstanding/series and /v1/book/arrears/series: which dates each step takes, how many points there may
// be, and that each point is the single answer for its date.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { onEachEngine } from '../support/engines.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers, assertProblem } from '../support/v1-assertions.ts';
import { type V1Client, v1Client } from '../support/v1-client.ts';
import { answered, type Item, smallBook } from '../support/v1-steps.ts';

onEachEngine((engine) => {
  let service: Service | undefined;
  let client: V1Client;
  let today: string;

  before(async () => {
    service = await startService({ engine });
    client = v1Client(service.url);
    await smallBook(client);
    today = String((await answered(client.outstanding()))['as_of']);
  });
  after(async () => {
    await service?.stop();
  });

  const kinds = ['outstanding', 'arrears'] as const;
  type Parameters = Readonly<Record<string, string>>;

  function ask(kind: (typeof kinds)[number], parameters: Parameters) {
    return client.get(`/v1/book/${kind}/series?${new URLSearchParams(parameters)}`);
  }

  async function pointsOf(kind: (typeof kinds)[number], parameters: Parameters): Promise<Item[]> {
    return (await answered(ask(kind, parameters)))['points'] as Item[];
  }

  async function datesOf(parameters: Parameters): Promise<unknown[]> {
    const dates = (await pointsOf('outstanding', parameters)).map((point) => point['as_of']);
    const inArrears = (await pointsOf('arrears', parameters)).map((point) => point['as_of']);
    assert.deepEqual(inArrears, dates);
    return dates;
  }

  describe('the dates of a series', () => {
    const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
      ['day', '2016-02-27', '2016-03-01', ['2016-02-27', '2016-02-28', '2016-02-29', '2016-03-01']],
      ['day', '2017-12-31', '2017-12-31', ['2017-12-31']],
      ['week', '2017-12-25', '2018-01-08', ['2017-12-25', '2018-01-01', '2018-01-08']],
      ['week', '2017-12-25', '2018-01-07', ['2017-12-25', '2018-01-01']],
      ['month', '2017-01-31', '2017-03-31', ['2017-01-31', '2017-02-28', '2017-03-31']],
      ['month', '2016-02-01', '2016-04-15', ['2016-02-29', '2016-03-31', '2016-04-15']],
      ['month', '2017-05-02', '2017-05-20', ['2017-05-20']],
      ['quarter', '2017-02-01', '2017-12-31', ['2017-03-31', '2017-06-30', '2017-09-30', '2017-12-31']],
      ['quarter', '2017-03-31', '2017-07-01', ['2017-03-31', '2017-06-30', '2017-07-01']],
      ['year', '2015-12-31', '2017-06-30', ['2015-12-31', '2016-12-31', '2017-06-30']],
      ['year', '2017-01-01', '2017-12-31', ['2017-12-31']],
      ['month', '9999-11-30', '9999-12-31', ['9999-11-30', '9999-12-31']],
      ['year', '0001-01-01', '0002-12-30', ['0001-12-31', '0002-12-30']],
    ];
    for (const [step, from, to, dates] of cases) {
      test(`by ${step} from ${from} to ${to} are ${dates.join(', ')}`, async () => {
        assert.deepEqual(await datesOf({ step, from, to }), dates);
      });
    }

    test('are by month unless a step is given', async () => {
      assert.deepEqual(await datesOf({ from: '2017-01-31', to: '2017-02-10' }), ['2017-01-31', '2017-02-10']);
    });
  });

  describe('a series', () => {
    test('echoes its period, its step and when it is known', async () => {
      for (const kind of kinds) {
        const answer = await ask(kind, { from: '2017-08-01T10:00+09:00', to: '2017-09-30', step: 'quarter' });
        const heading = { from: '2017-08-01', to: '2017-09-30', step: 'quarter' };
        assertMembers(answer, 200, { ...heading, known_at: today, provisional: true, currency: 'USD' });
      }
    });

    test('of the outstanding debt has at each point what a single question answers', async () => {
      for (const step of ['day', 'week', 'month', 'quarter', 'year']) {
        const from = step === 'day' ? '2017-12-25' : '2017-07-30';
        const to = step === 'day' ? '2018-02-02' : '2018-03-02';
        for (const point of await pointsOf('outstanding', { from, to, step })) {
          assertMembers(await client.outstanding(String(point['as_of'])), 200, point, `${step}`);
        }
      }
    });

    test('of arrears has at each point what a single question answers, with its own buckets', async () => {
      for (const buckets of [undefined, '1', '7,30,31,365', '15,100000']) {
        const given: Parameters = buckets === undefined ? {} : { buckets };
        for (const step of ['day', 'month', 'year']) {
          const from = step === 'day' ? '2017-12-28' : '2017-08-04';
          const to = step === 'day' ? '2018-02-02' : '2019-03-02';
          for (const point of await pointsOf('arrears', { from, to, step, ...given })) {
            const single = await client.arrears(String(point['as_of']), buckets);
            assertMembers(single, 200, point, `${step} ${buckets}`);
          }
        }
      }
    });

    test('goes on into the future with what is known', async () => {
      const points = await pointsOf('outstanding', { from: '2998-12-31', to: '2999-12-31', step: 'year' });
      const now = await answered(client.outstanding());
      for (const { value, principal, volume } of points) {
        assert.deepEqual([value, principal, volume], [now['value'], now['principal'], now['volume']]);
      }
      const [later] = await pointsOf('arrears', { from: '2999-12-31', to: '2999-12-31' });
      const buckets = later?.['buckets'] as Item[];
      assert.equal(buckets.at(-1)?.['volume'], now['volume']);
    });

    test('has at most 5,000 points', async () => {
      // 2004-09-08 is the 5,000th day from 1991-01-01.
      const from = '1991-01-01';
      for (const kind of kinds) {
        const points = await pointsOf(kind, { from, to: '2004-09-08', step: 'day' });
        assert.equal(points.length, 5000);
        assert.equal(points.at(-1)?.['as_of'], '2004-09-08');
        assertProblem(await ask(kind, { from, to: '2004-09-09', step: 'day' }), 400, 'invalid-request', [
          'step',
        ]);
        const years = { from: '0001-01-01', step: 'year' };
        assert.equal((await pointsOf(kind, { ...years, to: '5000-12-31' })).length, 5000);
        assertProblem(await ask(kind, { ...years, to: '5001-01-01' }), 400, 'invalid-request', ['step']);
        assertProblem(await ask(kind, { ...years, to: '9999-12-31' }), 400, 'invalid-request', ['step']);
      }
    });

    test('is refused where its parameters are wrong, each of them named', async () => {
      const period = { from: '2017-01-01', to: '2017-12-31' };
      const wrong: readonly (readonly [Parameters, readonly string[]])[] = [
        [{}, ['from', 'to']],
        [{ from: '2017-01-01' }, ['to']],
        [{ to: '2017-01-01' }, ['from']],
        [{ from: '2017-01-02', to: '2017-01-01' }, ['to']],
        [{ from: '2017-02-29', to: '2017-13-01' }, ['from', 'to']],
        [{ ...period, step: 'decade' }, ['step']],
        [{ ...period, step: '' }, ['step']],
        [{ ...period, as_of: '2017-01-01' }, ['as_of']],
        [{ ...period, known_at: 'yesterday' }, ['known_at']],
      ];
      for (const [parameters, pointers] of wrong) {
        for (const kind of kinds) {
          const about = JSON.stringify(parameters);
          assertProblem(await ask(kind, parameters), 400, 'invalid-request', pointers, about);
        }
      }
      for (const buckets of ['', '0', '30,30', '60,30', 'x', '30,', '-1', '1.5', '100001']) {
        assertProblem(
          await ask('arrears', { ...period, buckets }),
          400,
          'invalid-request',
          ['buckets'],
          buckets,
        );
      }
      assertProblem(await ask('outstanding', { ...period, buckets: '30' }), 400, 'invalid-request', [
        'buckets',
      ]);
    });
  });
});
