// What answers have taught: ids, names, dates and sums that exist, so that later requests get past "there is no such
// thing". Kept are the newest of each kind, so that memory stays flat for as long as it runs. Secrets are kept apart:
// they are sent as credentials only, so that no answer may ever hold one again.

import type { Operation } from './operations.ts';

/** The scalar members of something that was answered, as JSON texts by name. */
export type Facts = Readonly<Record<string, string>>;

export interface Thing {
  /** In an address. */
  readonly id: string;
  readonly facts: Facts;
}

export interface SessionCredential {
  readonly cookie: string;
  readonly csrfToken: string;
}

const KEPT = 40;

/** Members that hold what only its owner may know. */
const SECRETS = ['key', 'token', 'csrf_token'];

/** The newest few of something. */
class Newest<Item> {
  readonly items: Item[] = [];

  add(item: Item): void {
    this.items.unshift(item);
    if (this.items.length > KEPT) this.items.pop();
  }

  drop(isGone: (item: Item) => boolean): void {
    const at = this.items.findIndex(isGone);
    if (at !== -1) this.items.splice(at, 1);
  }

  /** The n-th, counted round and round. */
  pick(nth: number): Item | undefined {
    return this.items.length === 0 ? undefined : this.items[nth % this.items.length];
  }
}

function newestOf<Item>(byName: Map<string, Newest<Item>>, name: string): Newest<Item> {
  const found = byName.get(name) ?? new Newest<Item>();
  byName.set(name, found);
  return found;
}

/** /v1/loans/{id} is about a loan, and so is loan_id. */
function kindOf(segment: string): string {
  return segment.replace(/s$/, '');
}

/** What the parameter of an address stands for, by the part before it. */
export function kindOfParameter(template: string, name: string): string {
  const steps = template.split('/');
  return kindOf(steps[steps.indexOf(`{${name}}`) - 1] ?? '');
}

function isScalar(value: unknown): boolean {
  return value !== null && typeof value !== 'object';
}

export class KnownThings {
  readonly #things = new Map<string, Newest<Thing>>();
  readonly #values = new Map<string, Newest<string>>();
  readonly keys = new Newest<string>();
  readonly sessions = new Newest<SessionCredential>();

  /** Keys and tokens of sessions that answers have shown. */
  get secrets(): string[] {
    return [...this.keys.items, ...this.sessions.items.map(({ csrfToken }) => csrfToken)];
  }

  /** Something of a kind that exists, or did. */
  thing(kind: string, nth: number): Thing | undefined {
    return this.#things.get(kind)?.pick(nth);
  }

  /** Something of any kind. */
  anything(nth: number): Thing | undefined {
    return [...this.#things.values()][nth % Math.max(1, this.#things.size)]?.pick(nth);
  }

  /** A value that a member of this name had, as a JSON text. */
  value(name: string, nth: number): string | undefined {
    return this.#values.get(name)?.pick(nth);
  }

  /** A value of any member. */
  anyValue(nth: number): string | undefined {
    return [...this.#values.values()][nth % Math.max(1, this.#values.size)]?.pick(nth);
  }

  /** A header that was refused: a session or a key in it is over. */
  refused(header: string): void {
    this.sessions.drop(({ cookie }) => cookie === header);
    this.keys.drop((key) => header === `Bearer ${key}`);
  }

  /** Takes in an answer of success. */
  learn({ template }: Operation, json: unknown, cookies: readonly string[]): void {
    const steps = template.split('/').filter((step) => !step.startsWith('{'));
    this.#learnValue(kindOf(steps.at(-1) ?? ''), json);
    const { csrf_token: csrfToken } = (json ?? {}) as { csrf_token?: unknown };
    const cookie = cookies.map((text) => text.split(';')[0] ?? '').find((text) => !text.endsWith('='));
    if (cookie !== undefined && typeof csrfToken === 'string') this.sessions.add({ cookie, csrfToken });
  }

  #learnValue(kind: string, value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.#learnValue(kind, item);
    else if (typeof value === 'object' && value !== null) {
      this.#learnObject(kind, value as Record<string, unknown>);
      for (const inner of Object.values(value)) if (!isScalar(inner)) this.#learnValue(kind, inner);
    }
  }

  #learnObject(kind: string, object: Readonly<Record<string, unknown>>): void {
    if (typeof object['key'] === 'string') this.keys.add(object['key']);
    const scalars = Object.entries(object).filter(
      ([name, value]) => isScalar(value) && !SECRETS.includes(name),
    );
    const facts = Object.fromEntries(scalars.map(([name, value]) => [name, JSON.stringify(value)]));
    for (const [name, text] of Object.entries(facts)) newestOf(this.#values, name).add(text);
    for (const [name, value] of scalars) {
      if (typeof value !== 'string') continue;
      if (name === 'id' || name === 'name') newestOf(this.#things, kind).add({ id: value, facts });
      else if (name.endsWith('_id')) newestOf(this.#things, name.slice(0, -3)).add({ id: value, facts });
    }
  }
}
