// Everything that decides who may come in, put together over a store of keys.

import { KeyRing, type KeyRingParts, type KeyStore } from './key-ring.ts';
import { Keys } from './keys.ts';
import { type RateSettings, Rates } from './rates.ts';
import { type SessionLimits, Sessions } from './sessions.ts';

export interface AccessParts extends KeyRingParts {
  readonly store: KeyStore;
  /** With which sessions are sealed; the same for all servers of a bank. */
  readonly secret: string;
  readonly sessionLimits: SessionLimits;
  /** Whether sessions may begin over HTTPS only. */
  readonly sessionsNeedHttps: boolean;
  readonly rates: RateSettings;
}

export interface Access {
  readonly ring: KeyRing;
  readonly rates: Rates;
  readonly keys: Keys;
  readonly sessions: Sessions;
}

/** Reads the keys; `ring.stop` ends it. */
export async function openAccess(parts: AccessParts): Promise<Access> {
  const { store, clock, secret, sessionLimits: limits, sessionsNeedHttps: needsHttps } = parts;
  const ring = new KeyRing(parts);
  await ring.start();
  return {
    ring,
    rates: new Rates(parts.rates),
    keys: new Keys(store, clock, () => ring.refresh()),
    sessions: new Sessions({ store, secret, limits, needsHttps, ring, clock }),
  };
}
