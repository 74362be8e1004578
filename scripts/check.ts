// npm run check: format and lint, types, import directions, OpenAPI and client up to date; one line a step.
// Every step runs, also after one has failed, so that one call names everything that is wrong.
// It never changes a file.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkImportDirections } from './import-directions.ts';

type Outcome = { ok: boolean; report: string; note?: string };
type Step = { name: string; run: () => Outcome | Promise<Outcome> };

const root = join(import.meta.dirname, '..');
const biome = 'node_modules/@biomejs/biome/bin/biome';
const tsc = 'node_modules/@typescript/native/bin/tsc';
const openapi = 'scripts/openapi.ts';
const client = 'scripts/client.ts';

const steps: Step[] = [
  { name: 'format and lint', run: () => script(biome, 'ci', '--error-on-warnings', '--colors=off', '.') },
  { name: 'types', run: types },
  { name: 'import directions', run: importDirections },
];
if (existsSync(join(root, openapi))) {
  steps.push({ name: 'OpenAPI up to date', run: () => script(openapi, '--check') });
}
if (existsSync(join(root, client))) {
  steps.push(
    { name: 'client up to date', run: () => script(client, '--check') },
    { name: 'client’s types in a browser', run: () => script(tsc, '-p', 'client') },
  );
}
steps.push({ name: 'console’s types', run: () => script(tsc, '-p', 'console') });

/** Runs a script of the project or of a package with the Node that runs this one, whatever `node` is on PATH. */
function script(path: string, ...args: string[]): Outcome {
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: status === 0, report: error ? String(error) : stdout + stderr };
}

/** `typescript` in node_modules is the older compiler, kept for its API; the types are checked by version 7. */
function types(): Outcome {
  const version = script(tsc, '--version').report.trim();
  if (!version.startsWith('Version 7.')) return { ok: false, report: `tsc is not version 7: ${version}` };
  return { ...script(tsc, '-p', '.'), note: `tsc ${version.slice('Version '.length)}` };
}

async function importDirections(): Promise<Outcome> {
  const { ok, modules, report } = await checkImportDirections(root);
  return { ok, report, note: `${modules} modules` };
}

async function attempt(step: Step): Promise<Outcome> {
  try {
    return await step.run();
  } catch (error) {
    return { ok: false, report: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

for (const step of steps) {
  const startMs = performance.now();
  const { ok, report, note } = await attempt(step);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${ok ? '✔' : '✖'} ${step.name} (${seconds} s${note ? `, ${note}` : ''})`);
  if (!ok) {
    console.log(report.trimEnd());
    process.exitCode = 1;
  }
}
