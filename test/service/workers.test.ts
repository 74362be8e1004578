// WORKERS=n: several processes on one port. One that dies is replaced, and the others go on meanwhile.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { POSTGRES } from '../support/engines.ts';
import { until } from '../support/polling.ts';
import { type Service, startService } from '../support/service.ts';
import { assertMembers } from '../support/v1-assertions.ts';
import { v1Client } from '../support/v1-client.ts';

const WORKERS = 3;

/** The processes that a server has started. */
function workersOf({ pid }: Service): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

const skip = process.platform === 'linux' ? false : 'the processes are found in /proc';

describe('workers', { skip }, () => {
  test('serve side by side, and one that is killed is replaced while the others go on', async () => {
    await using service = await startService({ engine: POSTGRES, env: { WORKERS: String(WORKERS) } });
    const client = v1Client(service.url);
    const before = workersOf(service);
    assert.equal(before.length, WORKERS);
    const loan = await client.loan();

    process.kill(before[0] as number, 'SIGKILL');
    await until(() => workersOf(service).length < WORKERS, 'the worker is gone');
    for (let count = 0; count < 20; count++) {
      assertMembers(await client.get(`/v1/loans/${loan.id}`), 200, { id: loan.id });
    }
    await until(() => workersOf(service).length === WORKERS, 'another worker has started');
    assert.equal(workersOf(service).filter((pid) => before.includes(pid)).length, WORKERS - 1);
    assert.match(service.output(), /a worker \(process \d+\) ended with SIGKILL; another starts/);
    await client.paid(loan.id, '2017-09-05');
  });

  test('end with the process that started them, whoever is told to', async () => {
    const service = await startService({ engine: POSTGRES, env: { WORKERS: String(WORKERS) } });
    const workers = workersOf(service);
    assert.deepEqual(await service.stop(), { code: 0, signal: null });
    for (const pid of workers) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  test('end where the process that started them is killed', async () => {
    await using database = await POSTGRES.freshDatabase();
    const service = await startService({ databaseUrl: database.url, env: { WORKERS: String(WORKERS) } });
    const workers = workersOf(service);
    await service.kill();
    const isAlive = (pid: number) => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    await until(() => !workers.some(isAlive), 'all workers have ended');
  });
});
