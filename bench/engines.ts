// The engines by name: the one place of the benchmark that knows them all.

import type { BenchEngine, EngineName } from './bench-engine.ts';
import { startPostgresEngine } from './postgres-engine.ts';
import { sqliteEngine } from './sqlite-engine.ts';

/** Starts what an engine needs. `folder` is for files that go with the benchmark. */
export async function startEngine(name: EngineName, folder: string): Promise<BenchEngine> {
  return name === 'sqlite' ? sqliteEngine(folder) : startPostgresEngine();
}
