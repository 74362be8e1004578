// The client as others get it: built, packed by npm, and unpacked under node_modules of a project that has nothing of ours.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './service.ts';

export const TSC = join(projectRoot, 'node_modules/@typescript/native/bin/tsc');

export interface ClientProject extends Disposable {
  readonly directory: string;
  /** Where the package lies in it. */
  readonly packageDirectory: string;
}

/** Builds into a folder of its own, so that nothing changes in the project and tests don't meet. */
function packed(directory: string): string {
  const source = join(directory, 'source');
  mkdirSync(source);
  for (const name of ['package.json', 'README.md']) {
    cpSync(join(projectRoot, 'client', name), join(source, name));
  }
  const built = ['-p', join(projectRoot, 'client/tsconfig.build.json'), '--outDir', join(source, 'dist')];
  execFileSync(process.execPath, [TSC, ...built]);
  const options = { cwd: source, encoding: 'utf8' } as const;
  return join(
    directory,
    execFileSync('npm', ['pack', '--silent', '--pack-destination', '..'], options).trim(),
  );
}

/** A project in which the client is installed; it shares no file with this one but what it depends on and Node's types. */
export function clientProject(): ClientProject {
  const directory = mkdtempSync(join(tmpdir(), 'james-client-'));
  const packageDirectory = join(directory, 'node_modules/james-client');
  const file = packed(directory);
  mkdirSync(packageDirectory, { recursive: true });
  execFileSync('tar', ['-xzf', file, '--strip-components=1', '-C', packageDirectory]);
  rmSync(join(directory, 'source'), { recursive: true });
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', 'eventsource-parser', '@types']) {
    symlinkSync(join(projectRoot, 'node_modules', name), join(directory, 'node_modules', name));
  }
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  return { directory, packageDirectory, [Symbol.dispose]: () => rmSync(directory, { recursive: true }) };
}
