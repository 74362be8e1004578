// The idempotency key of what somebody is about to do. As long as they ask for the same it stays the same, so a double click,
// or another try after the connection broke, does it once.

import { useCallback, useMemo, useRef } from 'react';
import { newKey } from '../api/actions.ts';

export interface Intention {
  /** The key under which `content` is asked for. */
  readonly keyFor: (content: unknown) => string;
  /** It is done: the same once more is another intention. */
  readonly done: () => void;
}

export function useIntention(): Intention {
  const held = useRef<{ content: string; key: string }>(undefined);
  const keyFor = useCallback((content: unknown) => {
    const text = JSON.stringify(content);
    if (held.current?.content !== text) held.current = { content: text, key: newKey() };
    return held.current.key;
  }, []);
  const done = useCallback(() => {
    held.current = undefined;
  }, []);
  return useMemo(() => ({ keyFor, done }), [keyFor, done]);
}
