// The keys that open the service now, as this process knows them: those of the settings, which never change, and those
// of the database, looked at again every second. So a revoked key opens nothing after two seconds, on any process; a key
// that was just made is found at once, since an unknown credential makes the ring look again.

import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccessState, KeyLimits, KeyStore, Role } from '../store/key-store.ts';
import { credentialHash, tokenOf } from './credentials.ts';

export type { KeyStore } from '../store/key-store.ts';

/** How often the database is asked whether anything has changed. */
const POLL_MS = 1_000;
/** Unknown credentials make the ring look again at most so often. */
const LOOK_AGAIN_MS = 100;
/** How often last uses are noted in the database. */
const NOTE_USES_MS = 30_000;

/** Who is calling: the holder of a key. */
export interface Caller extends KeyLimits {
  /** Under which the ledger's records name the key. */
  readonly name: string;
  readonly role: Role;
  /** Whether the key was chosen by a person, and so might be guessed; one that James made is not. */
  readonly guessable: boolean;
}

interface Entry {
  readonly hash: Buffer;
  readonly caller: Caller;
  /** Milliseconds since 1970; from then on it opens nothing. */
  readonly endsAt: number;
}

export interface KeyRingParts {
  readonly store: KeyStore;
  /** Keys of the environment. They may do everything: who sets them has the machine. */
  readonly fixed: readonly { readonly name: string; readonly key: string }[];
  readonly clock: () => number;
  /** Told what goes wrong in the background. */
  readonly warn: (error: unknown) => void;
}

function fixedEntry({ name, key }: { name: string; key: string }): [string, Entry] {
  const hash = credentialHash(tokenOf(key));
  const limits = { readsPerSecond: null, writesPerSecond: null };
  const caller: Caller = { name, role: 'admin', guessable: true, ...limits };
  return [hash, { hash: Buffer.from(hash, 'hex'), caller, endsAt: Number.POSITIVE_INFINITY }];
}

/** The entries of a database's state: one for each credential that may open something. */
function entriesOf({ keys, credentials }: AccessState): [string, Entry][] {
  const byName = new Map(keys.map((key) => [key.name, key]));
  return credentials.flatMap(({ hash, keyName, endsAt }): [string, Entry][] => {
    const key = byName.get(keyName);
    if (key === undefined || key.revokedAt !== null) return [];
    const { name, role, readsPerSecond, writesPerSecond, expiresAt } = key;
    const ends = Math.min(endsAt ?? Number.POSITIVE_INFINITY, expiresAt ?? Number.POSITIVE_INFINITY);
    const caller: Caller = { name, role, guessable: false, readsPerSecond, writesPerSecond };
    return [[hash, { hash: Buffer.from(hash, 'hex'), caller, endsAt: ends }]];
  });
}

export class KeyRing {
  readonly #store: KeyStore;
  readonly #clock: () => number;
  readonly #warn: (error: unknown) => void;
  readonly #fixed: ReadonlyMap<string, Entry>;
  readonly #used = new Map<string, number>();
  #entries: ReadonlyMap<string, Entry> = new Map();
  #callers: ReadonlyMap<string, Entry> = new Map();
  #sessionsEndedAt: ReadonlyMap<string, number> = new Map();
  #version = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  #nextLook: Promise<void> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #timers: NodeJS.Timeout[] = [];
  #isStopped = false;

  constructor({ store, fixed, clock, warn }: KeyRingParts) {
    this.#store = store;
    this.#clock = clock;
    this.#warn = warn;
    this.#fixed = new Map(fixed.map(fixedEntry));
  }

  /** Reads the keys, and keeps them up to date until `stop`. */
  async start(): Promise<void> {
    await this.#look();
    this.#timers = [
      setInterval(() => this.#look().catch(this.#warn), POLL_MS),
      setInterval(() => this.#noteUses().catch(this.#warn), NOTE_USES_MS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  /** Stops looking, also for those who still ask: they have gone away. Last uses are noted. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#isStopped = true;
    await this.#looking?.catch(() => undefined);
    await this.#noteUses().catch(this.#warn);
    await this.#store.close();
  }

  /** Who holds a James token, as far as this process knows without asking. */
  find(token: string): Caller | undefined {
    const hash = credentialHash(token);
    const entry = this.#fixed.get(hash) ?? this.#entries.get(hash);
    // The lookup goes by a hash that no caller chooses; the comparison that decides takes the same time for all.
    if (entry === undefined || !timingSafeEqual(entry.hash, Buffer.from(hash, 'hex'))) return undefined;
    return this.#live(entry);
  }

  /** The same, but for an unknown token the database is asked first. */
  async lookUp(token: string): Promise<Caller | undefined> {
    return this.find(token) ?? this.#again(() => this.find(token));
  }

  /** A key by its name, if it may still open anything: who holds a session of it is asked for by name. */
  async byName(name: string): Promise<Caller | undefined> {
    const find = () => {
      const entry = this.#callers.get(name);
      return entry === undefined ? undefined : this.#live(entry);
    };
    return find() ?? this.#again(find);
  }

  /** Sessions of a key that began before this instant are over. */
  sessionsEndedAt(name: string): number {
    return this.#sessionsEndedAt.get(name) ?? Number.NEGATIVE_INFINITY;
  }

  /** Looks at once: after a change that this process has made itself. */
  refresh(): Promise<void> {
    return this.#look();
  }

  /** What was not found is looked for once more after a look at the database that begins from now on. */
  async #again(find: () => Caller | undefined): Promise<Caller | undefined> {
    this.#nextLook ??= this.#lookSoon();
    await this.#nextLook;
    return find();
  }

  async #lookSoon(): Promise<void> {
    await sleep(Math.max(0, this.#lookedAt + LOOK_AGAIN_MS - performance.now()));
    await this.#looking?.catch(() => undefined);
    this.#nextLook = undefined;
    await this.#look();
  }

  #live(entry: Entry): Caller | undefined {
    const now = this.#clock();
    if (now >= entry.endsAt) return undefined;
    // Keys of the settings are not in the database, so no use of theirs is noted.
    if (!entry.caller.guessable) this.#used.set(entry.caller.name, now);
    return entry.caller;
  }

  /** One look at a time; who comes meanwhile shares it. */
  async #look(): Promise<void> {
    if (this.#isStopped) return;
    this.#looking ??= this.#readState().finally(() => {
      this.#looking = undefined;
      this.#lookedAt = performance.now();
    });
    await this.#looking;
  }

  async #readState(): Promise<void> {
    if ((await this.#store.version()) === this.#version) return;
    const state = await this.#store.state();
    this.#entries = new Map(entriesOf(state));
    // Of a key's credentials the one that opens longest stands for it.
    const callers = new Map<string, Entry>();
    for (const entry of [...this.#fixed.values(), ...this.#entries.values()]) {
      const other = callers.get(entry.caller.name);
      if (other === undefined || other.endsAt < entry.endsAt) callers.set(entry.caller.name, entry);
    }
    this.#callers = callers;
    this.#sessionsEndedAt = state.sessionsEndedAt;
    this.#version = state.version;
  }

  async #noteUses(): Promise<void> {
    if (this.#used.size === 0) return;
    const uses = new Map(this.#used);
    this.#used.clear();
    await this.#store.keysUsed(uses);
  }
}
