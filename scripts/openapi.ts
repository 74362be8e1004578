// The OpenAPI document as a file: `--write` makes it from the server's schemas, `--check` fails where the file in the
// repository says something else. The routes need a ledger to be built, but none is ever called.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USD } from '../src/domain/money.ts';
import { buildServer } from '../src/http/server.ts';
import type { SurfaceParts } from '../src/http/surface.ts';
import type { Ledger } from '../src/ledger/ledger.ts';

const file = join(import.meta.dirname, '..', 'openapi.json');
const ledger = { bank: { currency: USD, timeZone: 'UTC' } } as unknown as Ledger;
const app = await buildServer({ ledger } as unknown as SurfaceParts);
await app.ready();
const document = `${JSON.stringify(app.swagger(), null, 2)}\n`;

if (process.argv.includes('--write')) writeFileSync(file, document);
else if (readFileSync(file, 'utf8') !== document) {
  console.error('openapi.json is not what the server says; run: npm run openapi');
  process.exitCode = 1;
}
