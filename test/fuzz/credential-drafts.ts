// Who is asking: the credentials of each security scheme, right ones, and others by which nobody should come in.

import { createHash } from 'node:crypto';
import { fc } from '../support/properties.ts';
import { fixed, type Moment, oftener } from './drafts.ts';
import { anyValue, type HeadersDraft, NO_HEADERS } from './header-values.ts';

function tokenOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The credentials of each security scheme, by the name that the document gives it. */
const CREDENTIALS: Readonly<Record<string, (key: string, nth: number) => HeadersDraft>> = {
  apiKey: (key) => fixed([['Authorization', `Bearer ${key}`]]),
  jamesToken: (key) => fixed([['Authorization', tokenOf(key)]]),
  session:
    (key, nth) =>
    ({ known }) => {
      // Older ones have often been ended everywhere.
      const session = known.sessions.pick(nth % 3);
      if (session === undefined) return [['Authorization', `Bearer ${key}`]];
      return [
        ['Cookie', session.cookie],
        ['X-CSRF-Token', session.csrfToken],
      ];
    },
};

/** The n-th of the service's own keys; or one that it has made itself, if it has. */
function keyOf({ apiKeys, known }: Moment, nth: number, isOwn: boolean): string {
  const own = apiKeys[nth % apiKeys.length] ?? '';
  return isOwn ? own : (known.keys.pick(nth) ?? own);
}

/** Credentials of a scheme among these; `isOwn`: of the service's own keys, or also of keys that it has made. */
export function credentialOf(
  schemes: readonly string[],
  isOwn: fc.Arbitrary<boolean>,
): fc.Arbitrary<HeadersDraft> {
  if (schemes.length === 0) return fc.constant(NO_HEADERS);
  return fc.tuple(fc.constantFrom(...schemes), fc.nat(999), isOwn).map(
    ([scheme, nth, own]): HeadersDraft =>
      (moment) =>
        CREDENTIALS[scheme]?.(keyOf(moment, nth, own), nth)(moment) ?? [],
  );
}

const anyScheme = credentialOf(Object.keys(CREDENTIALS), fc.constant(true));

/** Headers by which nobody should come in. */
export const otherCredential: fc.Arbitrary<HeadersDraft> = oftener(
  [2, fc.constant(NO_HEADERS)],
  [2, anyScheme],
  [
    1,
    fc.tuple(anyScheme, anyScheme).map(
      ([one, two]): HeadersDraft =>
        (moment) => [...one(moment), ...two(moment)],
    ),
  ],
  [
    2,
    anyScheme.map(
      (draft): HeadersDraft =>
        (moment) =>
          draft(moment).map(([name, value]) => [name, value.slice(0, -1)]),
    ),
  ],
  [1, anyValue.map((value) => fixed([['Authorization', value]]))],
  [1, anyValue.map((value) => fixed([['Authorization', `Bearer ${value}`]]))],
  [1, anyValue.map((value) => fixed([['Cookie', `james=${value}`]]))],
  [1, anyValue.map((value) => fixed([['Cookie', value]]))],
);
