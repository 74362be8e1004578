// Who may come in: the credential of a request, looked up among the keys that open the service now. What fails is
// counted, and who fails too often waits. A key that James made always opens: nobody can have guessed it.

import { addressName, type FailedAttempts } from '../access/attempts.ts';
import { credentialHash, tokenOf } from '../access/credentials.ts';
import type { Caller, KeyRing } from '../access/key-ring.ts';
import type { Rates } from '../access/rates.ts';
import { may, type Role } from '../access/roles.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  /** No credential, or none that opens anything. */
  | { readonly kind: 'unknown' }
  /** The caller's key may not do that. */
  | { readonly kind: 'forbidden'; readonly caller: Caller }
  /** Too many failures, or too many requests. */
  | { readonly kind: 'wait'; readonly seconds: number };

const UNKNOWN: Admission = { kind: 'unknown' };

export class Authorization {
  readonly #ring: KeyRing;
  readonly #rates: Rates;
  readonly #attempts: FailedAttempts | undefined;

  /** Without `attempts` nobody waits for failures: for development, whose keys anybody knows. */
  constructor(ring: KeyRing, rates: Rates, attempts?: FailedAttempts) {
    this.#ring = ring;
    this.#rates = rates;
    this.#attempts = attempts;
  }

  /** Admits a James token (the whole `authorization` header) to what takes a role. */
  async byToken(token: string | undefined, address: string, needed: Role): Promise<Admission> {
    if (token === undefined) return UNKNOWN;
    const known = this.#ring.find(token);
    const attempts = this.#attempts;
    if (known !== undefined && (attempts === undefined || attempts.none || !known.guessable)) {
      return this.#admit(known, needed);
    }
    if (attempts === undefined) {
      const found = await this.#ring.lookUp(token);
      return found === undefined ? UNKNOWN : this.#admit(found, needed);
    }
    const names = [`address ${addressName(address)}`, `credential ${credentialHash(token)}`];
    const seconds = Math.max(...names.map((name) => attempts.waitSeconds(name)));
    if (seconds > 0) return { kind: 'wait', seconds };
    const caller = known ?? (await this.#ring.lookUp(token));
    if (caller !== undefined) return this.#admit(caller, needed);
    for (const name of names) attempts.failed(name);
    return UNKNOWN;
  }

  /** Admits the key of an `Authorization: Bearer <key>` header. */
  async byBearer(header: string | undefined, address: string, needed: Role): Promise<Admission> {
    const key = header === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(header)?.[1];
    return key === undefined ? UNKNOWN : this.byToken(tokenOf(key), address, needed);
  }

  /** Admits who is known already: the holder of a session. */
  bySession(caller: Caller, needed: Role): Promise<Admission> {
    return this.#admit(caller, needed);
  }

  /** Whether somebody who was admitted a while ago would be now; asking costs nothing of his rates. */
  async isStillAdmitted(
    { name }: Caller,
    session: { readonly startedAt: number } | undefined,
    needed: Role,
  ): Promise<boolean> {
    if (session !== undefined && session.startedAt <= this.#ring.sessionsEndedAt(name)) return false;
    const now = await this.#ring.byName(name);
    return now !== undefined && may(now.role, needed);
  }

  async #admit(caller: Caller, needed: Role): Promise<Admission> {
    if (!may(caller.role, needed)) return { kind: 'forbidden', caller };
    const seconds = await this.#rates.waitSeconds(caller, needed !== 'viewer');
    return seconds > 0 ? { kind: 'wait', seconds } : { kind: 'admitted', caller };
  }
}
