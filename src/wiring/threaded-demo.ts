// Starts the demo's thread, and hears how far it is.

import { Worker } from 'node:worker_threads';
import type { DemoEnd, DemoRunsParts } from '../demo/demo-runs.ts';
import type { Rounding } from '../domain/rounding.ts';
import { newId } from '../ledger/ids.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import type { DemoMessage, DemoThreadData } from './demo-thread.ts';

/** How a demo begins on a database. */
export function threadedDemo(database: DatabaseAddress, rounding: Rounding): DemoRunsParts['start'] {
  return (request, by, onCounts) => {
    const origin = { requestId: `demo-${newId()}`, recordedBy: by };
    const thread = new Worker(new URL('./demo-thread.ts', import.meta.url), {
      workerData: { database, rounding, request, origin } satisfies DemoThreadData,
    });
    const ended = new Promise<DemoEnd>((resolve, reject) => {
      let end: DemoEnd | undefined;
      let failure: unknown;
      thread.on('message', (message: DemoMessage) => {
        if (message.kind === 'counts') onCounts(message.counts);
        else end = message.end;
      });
      thread.on('error', (error) => {
        failure = error;
      });
      thread.on('exit', () => {
        if (end === undefined) reject(failure ?? new Error('its thread ended'));
        else resolve(end);
      });
    });
    return { ended, stop: () => thread.postMessage('stop') };
  };
}
