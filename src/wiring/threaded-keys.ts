// The keys of an embedded database, on the thread: its writes may have to wait for another process's.

import type { KeyStore } from '../store/key-store.ts';
import type { StoreThread } from './store-thread.ts';

export function threadedKeys(thread: StoreThread): KeyStore {
  return {
    version: () => thread.ask('keys', 'version'),
    state: () => thread.ask('keys', 'state'),
    keyInsert: (...parameters) => thread.ask('keys', 'keyInsert', ...parameters),
    keyRotate: (...parameters) => thread.ask('keys', 'keyRotate', ...parameters),
    keyRevoke: (...parameters) => thread.ask('keys', 'keyRevoke', ...parameters),
    keysUsed: (...parameters) => thread.ask('keys', 'keysUsed', ...parameters),
    sessionsEnd: (...parameters) => thread.ask('keys', 'sessionsEnd', ...parameters),
    close: () => thread.ask('keys', 'close'),
  };
}
