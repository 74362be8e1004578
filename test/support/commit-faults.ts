// Where a connection breaks while James commits: rules for a proxy before PostgreSQL (tcp-proxy.ts). Only the commits of
// writes are meant; those of questions and of compaction pass.

import type { Rule, Verdict } from './tcp-proxy.ts';

/** The messages as they are on the wire: the type, the length, the text. */
const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0');
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0');
/** By which each write holds the book day, and nothing else does. */
const A_WRITE_BEGINS = 'LOCK TABLE bank';

export const COMMIT_FAULTS = [
  'before the commit',
  'within the commit',
  'after the commit, before its answer',
  'within the answer to the commit',
] as const;
export type CommitFault = (typeof COMMIT_FAULTS)[number];

export interface FaultyCommits {
  readonly rule: Rule;
  /** How many connections it has broken so far. */
  broken(): number;
}

/** Breaks the connections of so many writes at a point of their commit: cut, or left hanging. */
export function faultyCommits(point: CommitFault, how: 'cut' | 'hang', times = 1): FaultyCommits {
  /** Connections with a write under way, and those whose commit has passed. */
  const writing = new Set<number>();
  const committing = new Set<number>();
  let broken = 0;

  const breakAfter = (bytes: number): Verdict => {
    broken += 1;
    return how === 'cut' ? { cutAfter: bytes } : { hangAfter: bytes };
  };
  const half = COMMIT.length / 2;
  const rule: Rule = (direction, piece, { number }) => {
    if (direction === 'to the server') {
      if (piece.includes(A_WRITE_BEGINS)) writing.add(number);
      const at = piece.indexOf(COMMIT);
      if (at < 0 || !writing.delete(number) || broken >= times) return 'pass';
      if (point === 'before the commit') return breakAfter(at);
      if (point === 'within the commit') return breakAfter(at + half);
      committing.add(number);
      return 'pass';
    }
    const at = committing.has(number) ? piece.indexOf(COMMITTED) : -1;
    if (at < 0) return 'pass';
    committing.delete(number);
    if (broken >= times) return 'pass';
    return breakAfter(point === 'within the answer to the commit' ? at + half : at);
  };
  return { rule, broken: () => broken };
}
