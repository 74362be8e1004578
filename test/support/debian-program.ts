// Programs that npm doesn't bring, as Debian has them: found on this machine, or installed on it where the tests run as
// root. What it can neither find nor install fails the test that asks; nothing skips. It starts no service.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface DebianProgram {
  /** As it is called: `nginx`. */
  readonly name: string;
  /** The package that brings it. */
  readonly debianPackage: string;
}

/** Where daemons lie, which not everybody has on PATH. */
const MORE_PLACES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

const INSTALL_LIMIT_SECONDS = 300;

/**
 * Installs a package. Debian's packages ask policy-rc.d whether they may start their services: here they may not. That
 * lists can't be renewed is no reason to give up: those that are there may do.
 */
const INSTALL = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' TERM
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
options='-qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120'
apt-get update $options
apt-get install $options -y --no-install-recommends "$1"
`;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function foundOnThisMachine(name: string): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_PLACES];
  return places
    .filter((place) => place !== '')
    .map((place) => join(place, name))
    .find(isProgram);
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

async function ended(program: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** One installation at a time on a machine (`flock`), since several test files may ask for one. */
function install(debianPackage: string): Promise<Ended> {
  const lock = join(tmpdir(), 'james-tests-apt.lock');
  const limit = String(INSTALL_LIMIT_SECONDS);
  return ended('timeout', [limit, 'flock', lock, 'sh', '-c', INSTALL, 'install', debianPackage]);
}

function missing({ name, debianPackage }: DebianProgram, why: string): Error {
  return new Error(
    `this test needs the real ${name}, which this machine has not: ${why}\n` +
      `Install it and run the test again (Debian: apt-get install ${debianPackage}).`,
  );
}

/** The program's path. */
export async function debianProgram(program: DebianProgram): Promise<string> {
  const found = foundOnThisMachine(program.name);
  if (found !== undefined) return found;
  if (foundOnThisMachine('apt-get') === undefined)
    throw missing(program, 'there is no apt-get to install it');
  if (process.getuid?.() !== 0) throw missing(program, 'only root can install it');
  const { code, output } = await install(program.debianPackage);
  const installed = foundOnThisMachine(program.name);
  if (installed === undefined) throw missing(program, `apt-get ended with ${code}:\n${output.slice(-4_000)}`);
  return installed;
}
