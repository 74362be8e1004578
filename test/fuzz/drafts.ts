// A draft is a value that is only decided when its request is sent, since it may name what answers have taught by then.

import { fc } from '../support/properties.ts';
import type { Facts, KnownThings } from './known-things.ts';

/** The moment at which a request is sent. */
export interface Moment {
  readonly known: KnownThings;
  /** What is known of the thing that the request's address names. */
  readonly facts: Facts;
  /** The keys of the service's own settings. */
  readonly apiKeys: readonly string[];
}

export type Draft<Value> = (moment: Moment) => Value;

export function fixed<Value>(value: Value): Draft<Value> {
  return () => value;
}

export function mapped<From, To>(draft: Draft<From>, change: (value: From) => To): Draft<To> {
  return (moment) => change(draft(moment));
}

/** One of several arbitraries, each with its weight. */
export function oftener<Value>(...choices: readonly (readonly [number, fc.Arbitrary<Value>])[]) {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}
