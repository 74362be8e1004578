// Checks the import directions of .dependency-cruiser.cjs on the src folder of a project, and on its client and console
// where it has them. It must never pass on modules it has not seen: without the older TypeScript's API the cruiser
// finds no .ts file and is content (docs: PLATFORM.md, trap 1), so every file is counted here.

import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, format, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

export type ImportDirections = { ok: boolean; modules: number; report: string };

const FOLDERS = ['src', 'client/src', 'console/src'];

export async function checkImportDirections(root: string): Promise<ImportDirections> {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'));
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(folders, { ...options, baseDir: root });
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text where a result was expected');

  const unseen = filesNotCruised(root, output);
  const modules = output.summary.totalCruised;
  if (modules === 0 || unseen.length > 0) {
    const report = `dependency-cruiser cruised ${modules} modules and did not see:\n${unseen.join('\n')}`;
    return { ok: false, modules, report };
  }
  const formatted = await format(output, { outputType: 'err' });
  return { ok: formatted.exitCode === 0, modules, report: String(formatted.output) };
}

function filesNotCruised(root: string, result: ICruiseResult): string[] {
  const cruised = new Set(result.modules.map((module) => module.source));
  const files = globSync(
    FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: root },
  ).map((file) => file.replaceAll('\\', '/'));
  return files.filter((file) => !cruised.has(file)).sort();
}
