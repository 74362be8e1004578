// npm run console: builds the web console into console/dist; with --if-needed only where it is absent or was built from
// other sources. That happens by itself after npm install, before npm start and before the tests.

import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const mark = join(root, 'console/dist/built-from');

/** One hash over all that the build depends on. */
function sourcesHash(): string {
  const sources = globSync(['console/src/**/*', 'client/src/**/*'], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'console/index.html', 'console/vite.config.ts', ...sources]) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds the console; where it is built from these sources already, only if `always`. */
export async function buildConsole(always = false): Promise<void> {
  const sources = sourcesHash();
  if (!always && existsSync(mark) && readFileSync(mark, 'utf8') === sources) return;
  const startMs = performance.now();
  const { build } = await import('vite');
  await build({ configFile: join(root, 'console/vite.config.ts'), logLevel: 'warn' });
  writeFileSync(mark, sources);
  console.log(`console built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

if (import.meta.main) await buildConsole(!process.argv.includes('--if-needed'));
