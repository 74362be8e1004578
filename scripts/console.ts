// npm run console: builds the web console into console/dist; with --if-needed only where it is absent or was built from
// other sources. It runs by itself after npm install and before npm start, so that nobody has to remember it.

import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const mark = join(root, 'console/dist/built-from');

/** One hash over all that the build depends on. */
function sourcesHash(): string {
  const files = [
    'package-lock.json',
    'console/index.html',
    'console/vite.config.ts',
    ...globSync(['console/src/**/*', 'client/src/**/*'], { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort(),
  ];
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  }
  return hash.digest('hex');
}

const sources = sourcesHash();
const isBuilt = existsSync(mark) && readFileSync(mark, 'utf8') === sources;
if (!isBuilt || !process.argv.includes('--if-needed')) {
  const startMs = performance.now();
  const { build } = await import('vite');
  await build({ configFile: join(root, 'console/vite.config.ts'), logLevel: 'warn' });
  writeFileSync(mark, sources);
  console.log(`console built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}
