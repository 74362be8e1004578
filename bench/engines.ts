// The engines by name: the one place of the benchmark that knows them all.

import { join } from 'node:path';
import type { BenchEngine, EngineName } from './bench-engine.ts';
import { startPostgresEngine } from './postgres-engine.ts';
import { sqliteEngine } from './sqlite-engine.ts';

/** Starts what an engine needs. `folder` is for files that go with the benchmark, `kept` for books that stay. */
export async function startEngine(
  name: EngineName,
  folder: string,
  kept: string | undefined,
): Promise<BenchEngine> {
  if (name === 'sqlite') return sqliteEngine(folder, kept);
  return startPostgresEngine(kept === undefined ? undefined : join(kept, 'postgres'));
}
