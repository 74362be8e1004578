// Sessions of the console: a cookie that says whose key it was signed in with, sealed with a key derived from
// AUTH_SECRET (A256GCM, by jose), so that nobody but this bank's servers can make or read one. Nothing of a session is
// kept on a server; one is over when it has been idle or has lasted too long, when its key opens nothing any more, and
// when its holder signs out everywhere.

import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { KeyStore } from '../store/key-store.ts';
import type { Caller, KeyRing } from './key-ring.ts';

/** Says what the derived key is for, so that no other use of the secret ever derives the same. */
const PURPOSE = 'james console session 1';

export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** A session as its cookie says it; instants are milliseconds since 1970. */
export interface Session {
  readonly keyName: string;
  readonly startedAt: number;
  readonly seenAt: number;
  /** What a page must send with everything that changes something. */
  readonly csrfToken: string;
}

export interface OpenSession {
  readonly session: Session;
  readonly caller: Caller;
}

/** What a page is told of its session, in the shape of /v1. */
export interface ToldSession {
  readonly name: string;
  readonly role: Caller['role'];
  readonly csrf_token: string;
  readonly expires_at: string;
}

export interface SessionParts {
  readonly secret: string;
  readonly store: KeyStore;
  readonly limits: SessionLimits;
  /** Whether a session may begin over HTTPS only: its cookie would be anybody's on the way. */
  readonly needsHttps: boolean;
  readonly ring: KeyRing;
  readonly clock: () => number;
}

export class Sessions {
  readonly limits: SessionLimits;
  readonly needsHttps: boolean;
  readonly #key: Uint8Array;
  readonly #store: KeyStore;
  readonly #ring: KeyRing;
  readonly #clock: () => number;

  constructor({ secret, store, limits, needsHttps, ring, clock }: SessionParts) {
    this.limits = limits;
    this.needsHttps = needsHttps;
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', PURPOSE, 32));
    this.#store = store;
    this.#ring = ring;
    this.#clock = clock;
  }

  /** Begins a session of a key. */
  begin(caller: Caller): Session {
    const now = this.#clock();
    return {
      keyName: caller.name,
      startedAt: now,
      seenAt: now,
      csrfToken: randomBytes(32).toString('base64url'),
    };
  }

  /** The cookie's value for a session that is seen now. */
  seal({ keyName, startedAt, csrfToken }: Session): Promise<string> {
    return new EncryptJWT({ key: keyName, began: startedAt, seen: this.#clock(), csrf: csrfToken })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.#key);
  }

  /** The session of a cookie, if it is one of ours and not over. */
  async open(cookie: string): Promise<OpenSession | undefined> {
    const session = await this.#unseal(cookie);
    if (session === undefined) return undefined;
    const { keyName, startedAt, seenAt } = session;
    const now = this.#clock();
    if (now - seenAt > this.limits.idleMs || now - startedAt > this.limits.absoluteMs) return undefined;
    if (startedAt <= this.#ring.sessionsEndedAt(keyName)) return undefined;
    const caller = await this.#ring.byName(keyName);
    return caller === undefined ? undefined : { session, caller };
  }

  told({ startedAt, csrfToken }: Session, { name, role }: Caller): ToldSession {
    const expiresAt = new Date(startedAt + this.limits.absoluteMs).toISOString();
    return { name, role, csrf_token: csrfToken, expires_at: expiresAt };
  }

  /** Ends all sessions of a key that have begun by now. */
  async endAll(keyName: string): Promise<void> {
    await this.#store.sessionsEnd(keyName, this.#clock());
    await this.#ring.refresh();
  }

  /** Whether its cookie should be written anew, so that it says when the session was last seen. */
  isDue({ seenAt }: Session): boolean {
    return this.#clock() - seenAt > Math.min(60_000, this.limits.idleMs / 4);
  }

  /** Whether a page's token is the session's. */
  isToken(session: Session, token: unknown): boolean {
    if (typeof token !== 'string') return false;
    const [sent, right] = [Buffer.from(token), Buffer.from(session.csrfToken)];
    return sent.length === right.length && timingSafeEqual(sent, right);
  }

  async #unseal(cookie: string): Promise<Session | undefined> {
    try {
      const { payload } = await jwtDecrypt(cookie, this.#key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      const { key, began, seen, csrf } = payload;
      if (typeof key !== 'string' || typeof began !== 'number') return undefined;
      if (typeof seen !== 'number' || typeof csrf !== 'string') return undefined;
      return { keyName: key, startedAt: began, seenAt: seen, csrfToken: csrf };
    } catch {
      return undefined;
    }
  }
}
