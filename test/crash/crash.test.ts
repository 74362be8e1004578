// The crash test's part of `npm test`: a few kills on each engine. FC_SEED=… repeats what was sent and when the kills
// fell; `npm run test:crash -- --times N` goes on for longer.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { embeddedPostgres, PostgresServer } from '../support/postgres-server.ts';
import { fc } from '../support/properties.ts';
import { postgresSite, type Site, SQLITE_SITE } from './bank-site.ts';
import { killAgainAndAgain } from './kills.ts';
import { survivedText } from './life.ts';

const skip = process.platform === 'linux' ? false : 'the processes are found in /proc';

async function surviveKills(site: Site, times: number, say: (line: string) => void): Promise<void> {
  const { seed = Math.floor(Math.random() * 2 ** 31) } = fc.readConfigureGlobal();
  say(`seed ${seed}`);
  let underWay = 0;
  let records = 0;
  await killAgainAndAgain({
    ...{ site, times, seed },
    onSurvived: (survived) => {
      underWay += survived.lost;
      records = survived.records;
      say(survivedText(survived));
    },
  });
  assert.ok(underWay >= times && records >= times, 'too little was under way to mean anything');
}

describe('James killed under load has recorded every acknowledged write once, and nothing else', () => {
  test('on SQLite', (t) => surviveKills(SQLITE_SITE, 3, (line) => t.diagnostic(line)));

  test('on PostgreSQL, which crashes with it at times', { skip }, async (t) => {
    await using server = await PostgresServer.start(embeddedPostgres());
    await surviveKills(postgresSite(server), 4, (line) => t.diagnostic(line));
  });
});
