// A store of keys with none in it: the echo is opened by the keys of its settings alone.

import type { KeyStore } from '../src/access/key-ring.ts';

function refuse(): Promise<never> {
  return Promise.reject(new Error('the echo keeps no keys'));
}

export const NO_KEYS: KeyStore = {
  version: async () => 0,
  state: async () => ({ version: 0, keys: [], credentials: [], sessionsEndedAt: new Map() }),
  keyInsert: refuse,
  keyRotate: refuse,
  keyRevoke: refuse,
  keysUsed: refuse,
  sessionsEnd: refuse,
  close: async () => {},
};
