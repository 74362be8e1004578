// Rows of imports as they come in and are decided, in Prometheus form.

import { Counter, type Registry } from 'prom-client';

export interface ImportFigures {
  received(rows: number): void;
  decided(rows: {
    readonly accepted: number;
    readonly alreadyThere: number;
    readonly rejected: number;
  }): void;
}

export function importFigures(registry: Registry): ImportFigures {
  const registers = [registry];
  const came = new Counter({
    name: 'james_import_rows_received_total',
    help: 'Rows of imports that came in with their files',
    registers,
  });
  const read = new Counter({
    name: 'james_import_rows_read_total',
    help: 'Rows of imports about which something was decided',
    registers,
  });
  const decided = new Counter({
    name: 'james_import_rows_total',
    help: 'Rows of imports by what became of them',
    labelNames: ['result'],
    registers,
  });
  const results = ['accepted', 'skipped', 'rejected'] as const;
  const [accepted, skipped, rejected] = results.map((result) => decided.labels({ result }));
  // Told from the start, so that a rate has something to begin with.
  for (const counter of [accepted, skipped, rejected]) counter?.inc(0);
  return {
    received: (rows) => came.inc(rows),
    decided: (rows) => {
      read.inc(rows.accepted + rows.alreadyThere + rows.rejected);
      accepted?.inc(rows.accepted);
      skipped?.inc(rows.alreadyThere);
      rejected?.inc(rows.rejected);
    },
  };
}
