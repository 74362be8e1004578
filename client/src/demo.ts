// A made-up bank for an empty book, where a server allows it.

import type { Call, Called } from './calls.ts';
import type { Body } from './contract.ts';
import type { CallOptions } from './settings.ts';

export interface DemoRuns {
  /** Whether a run could begin now, and how far one is. */
  get(options?: CallOptions): Called<'getDemo'>;
  /** Begins a run, for admins. It goes on in the background; what it records stays in the book. */
  start(bank?: Body<'startDemo'>, options?: CallOptions): Called<'startDemo'>;
}

export function demoOf(call: Call): DemoRuns {
  return {
    get: (options) => call('get', '/v1/demo', {}, options),
    start: (bank = {}, options) => call('post', '/v1/demo', { body: bank }, options),
  };
}
