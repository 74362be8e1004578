// The path of a request: parameters that name what exists, almost do, or never could.

import { fc } from '../support/properties.ts';
import { idText } from '../support/wild-requests.ts';
import { type Draft, type Moment, oftener } from './drafts.ts';
import { kindOfParameter, type Thing } from './known-things.ts';
import type { Operation } from './operations.ts';

/** A part of a path; where it names something that exists, also what is known of it. */
type Segment = (moment: Moment) => { readonly text: string; readonly thing?: Thing | undefined };

export interface Target {
  readonly path: string;
  readonly thing: Thing | undefined;
}

const UNKNOWN_ID = '01900000-0000-7000-8000-000000000000';

function segmentOf(thing: Thing | undefined): ReturnType<Segment> {
  return { text: encodeURIComponent((thing?.id ?? UNKNOWN_ID).toWellFormed()), thing };
}

function knownSegment(kind: string): fc.Arbitrary<Segment> {
  return fc.nat(999).map(
    (nth) =>
      ({ known }) =>
        segmentOf(known.thing(kind, nth)),
  );
}

/** Nearly an id: of another kind, in capitals, one character off, too long. */
function nearSegment(kind: string): fc.Arbitrary<Segment> {
  const changes: readonly ((id: string) => string)[] = [
    (id) => id.toUpperCase(),
    (id) => id.slice(1),
    (id) => `${id}0`,
    (id) => id.replace(/\w$/, (last) => (last === '0' ? '1' : '0')),
    (id) => id.replaceAll('-', ''),
    (id) => `{${id}}`,
    (id) => `${id} `,
    (id) => `${id}\u0000`,
    (id) => `${id}/..`,
    (id) => `${id}'--`,
  ];
  const changed = fc.tuple(fc.nat(999), fc.constantFrom(...changes)).map(
    ([nth, change]): Segment =>
      ({ known }) => ({ text: encodeURIComponent(change(known.thing(kind, nth)?.id ?? UNKNOWN_ID)) }),
  );
  const other = fc.nat(999).map(
    (nth): Segment =>
      ({ known }) =>
        segmentOf(known.anything(nth)),
  );
  return oftener([2, changed], [1, other]);
}

/** The path of an operation; with `any` its parameters may be wrong. */
export function pathDraft({ template }: Operation, kinds: 'valid' | 'any'): fc.Arbitrary<Draft<Target>> {
  const segments = template.split('/').map((step): fc.Arbitrary<Segment> => {
    const name = /^\{(.*)\}$/.exec(step)?.[1];
    if (name === undefined) return fc.constant(() => ({ text: step }));
    const kind = kindOfParameter(template, name);
    if (kinds === 'valid') return knownSegment(kind);
    const wild = idText.map(
      (text): Segment =>
        () => ({ text }),
    );
    return oftener([6, knownSegment(kind)], [2, nearSegment(kind)], [1, wild]);
  });
  return fc.tuple(...segments).map((drafts) => (moment) => {
    const parts = drafts.map((draft) => draft(moment));
    return {
      path: parts.map(({ text }) => text).join('/'),
      thing: parts.find(({ thing }) => thing !== undefined)?.thing,
    };
  });
}
