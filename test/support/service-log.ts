// What a service logs. It comes through a pipe, so that an answer over HTTP can be there before the line about it.

import { until } from './polling.ts';
import type { Service } from './service.ts';

/** Resolves when a service has written something; rejects where it does not. */
export function logged({ output }: Pick<Service, 'output'>, pattern: RegExp): Promise<void> {
  return until(() => pattern.test(output()), `the service logs ${pattern}`);
}
