// A header as it is written, and what may stand in any of them.

import { fc } from '../support/properties.ts';
import { type Draft, fixed, oftener } from './drafts.ts';

export type Header = readonly [name: string, value: string];
export type HeadersDraft = Draft<readonly Header[]>;

export const NO_HEADERS: HeadersDraft = fixed([]);

/** Any bytes that a header may hold, written as Latin-1; sometimes others. */
export const anyValue = oftener(
  [8, fc.stringMatching(/^[\x20-\x7e]{0,60}$/)],
  [2, fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,60}$/)],
  [1, fc.nat(9_000).map((length) => 'x'.repeat(length))],
  [1, fc.uint8Array({ minLength: 1, maxLength: 20 }).map((some) => Buffer.from(some).toString('latin1'))],
);
