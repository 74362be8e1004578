// The keys of a bank, on every engine.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { credentialHash, tokenOf } from '../../src/access/credentials.ts';
import type { KeyStore, StoredCredential, StoredKey } from '../../src/store/key-store.ts';
import { createOrMigrate, openKeyStore } from '../../src/wiring/engines.ts';
import { EVERY_ENGINE, onEachEngine, type TestEngine } from '../support/engines.ts';
import { BANK } from '../support/temporary-database.ts';

function key(name: string, members: Partial<StoredKey> = {}): StoredKey {
  return {
    name,
    role: 'officer',
    createdAt: 1_000,
    createdBy: 'command-line',
    expiresAt: null,
    revokedAt: null,
    revokedBy: null,
    lastUsedAt: null,
    readsPerSecond: null,
    writesPerSecond: null,
    ...members,
  };
}

function credential(keyName: string, secret: string, createdAt = 1_000): StoredCredential {
  return { hash: credentialHash(tokenOf(secret)), keyName, createdAt, endsAt: null };
}

async function withKeys(engine: TestEngine, work: (one: KeyStore, other: KeyStore) => Promise<void>) {
  await using database = await engine.freshDatabase();
  await createOrMigrate(database.address, BANK, 0);
  const stores = await Promise.all([1, 2].map(() => openKeyStore(database.address)));
  try {
    await work(stores[0] as KeyStore, stores[1] as KeyStore);
  } finally {
    for (const store of stores) await store.close();
  }
}

onEachEngine((engine) => {
  describe('the keys', () => {
    test('are none in a new database', async () => {
      await withKeys(engine, async (store) => {
        const { keys, credentials, sessionsEndedAt } = await store.state();
        assert.deepEqual([keys, credentials, [...sessionsEndedAt]], [[], [], []]);
      });
    });

    test('are all that was said of them, by name, and seen by every process', async () => {
      await withKeys(engine, async (one, other) => {
        const limited = key('b', { role: 'viewer', expiresAt: 2_000, readsPerSecond: 5, writesPerSecond: 1 });
        assert.equal(await one.keyInsert(limited, credential('b', 'secret b')), true);
        assert.equal(await one.keyInsert(key('a', { role: 'admin' }), credential('a', 'secret a')), true);
        const { keys, credentials } = await other.state();
        assert.deepEqual(keys, [key('a', { role: 'admin' }), limited]);
        assert.deepEqual(
          new Set(credentials.map(({ hash }) => hash)),
          new Set(['secret a', 'secret b'].map((secret) => credentialHash(tokenOf(secret)))),
        );
      });
    });

    test('have each name once, whoever comes at the same time', async () => {
      await withKeys(engine, async (one, other) => {
        for (let round = 0; round < 10; round++) {
          const made = await Promise.all(
            [one, other].map((store, index) =>
              store.keyInsert(key(`key ${round}`), credential(`key ${round}`, `${round} ${index}`)),
            ),
          );
          assert.deepEqual(made.toSorted(), [false, true]);
        }
        const { keys, credentials } = await one.state();
        assert.equal(keys.length, 10);
        assert.equal(credentials.length, 10, 'the credential of a name that is taken is not kept');
      });
    });

    test('change their version with every change but a use', async () => {
      await withKeys(engine, async (one, other) => {
        const versions = new Set<number>();
        const changed = async () => {
          const version = await other.version();
          assert.equal((await other.state()).version, version);
          assert.ok(!versions.has(version));
          versions.add(version);
        };
        await changed();
        await one.keyInsert(key('a'), credential('a', '1'));
        await changed();
        await one.keyRotate(credential('a', '2', 1_500), 1_600);
        await changed();
        await one.sessionsEnd('a', 1_700);
        await changed();
        await one.keyRevoke('a', 1_800, 'boss');
        await changed();
        const before = await one.version();
        await one.keysUsed(new Map([['a', 1_900]]));
        assert.equal(await one.version(), before);
      });
    });

    test('are revoked once, by somebody and for good', async () => {
      await withKeys(engine, async (store) => {
        await store.keyInsert(key('a'), credential('a', '1'));
        assert.equal(await store.keyRevoke('nobody', 5_000, 'boss'), 'unknown');
        assert.equal(await store.keyRevoke('a', 5_000, 'boss'), 'done');
        assert.equal(await store.keyRevoke('a', 6_000, 'other'), 'revoked-before');
        assert.equal(await store.keyRotate(credential('a', '2'), 7_000), 'revoked-before');
        assert.deepEqual((await store.state()).keys, [key('a', { revokedAt: 5_000, revokedBy: 'boss' })]);
      });
    });

    test('get further secrets by rotation, and each one’s end never moves back', async () => {
      await withKeys(engine, async (store) => {
        await store.keyInsert(key('a'), credential('a', '1'));
        assert.equal(await store.keyRotate(credential('nobody', '2'), 2_000), 'unknown');
        assert.equal(await store.keyRotate(credential('a', '2', 1_500), 9_000), 'done');
        assert.equal(await store.keyRotate(credential('a', '3', 1_700), 9_500), 'done');
        const ends = new Map((await store.state()).credentials.map(({ hash, endsAt }) => [hash, endsAt]));
        const endOf = (secret: string) => ends.get(credentialHash(tokenOf(secret)));
        assert.deepEqual(['1', '2', '3'].map(endOf), [9_000, 9_500, null]);
      });
    });

    test('remember their last use', async () => {
      await withKeys(engine, async (one, other) => {
        for (const name of ['a', 'b', 'c']) await one.keyInsert(key(name), credential(name, name));
        await one.keysUsed(
          new Map([
            ['a', 3_000],
            ['b', 3_000],
            ['unknown', 3_000],
          ]),
        );
        await Promise.all([
          one.keysUsed(
            new Map([
              ['b', 4_000],
              ['a', 2_000],
            ]),
          ),
          other.keysUsed(
            new Map([
              ['a', 2_500],
              ['b', 3_500],
            ]),
          ),
        ]);
        const { keys } = await one.state();
        assert.deepEqual(
          keys.map(({ lastUsedAt }) => lastUsedAt),
          [3_000, 4_000, null],
        );
      });
    });

    test('end their sessions at the latest instant that was said', async () => {
      await withKeys(engine, async (store) => {
        await store.sessionsEnd('environment', 5_000);
        await store.sessionsEnd('environment', 4_000);
        await store.sessionsEnd('a', 1_000);
        const { sessionsEndedAt } = await store.state();
        assert.deepEqual(Object.fromEntries(sessionsEndedAt), { environment: 5_000, a: 1_000 });
      });
    });
  });
}, EVERY_ENGINE);
