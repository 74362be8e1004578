// What bin/james.js does on a Node older than James needs: it says so in one line, or runs itself again
// on the one that npm has brought. A copied package stands in for an installation; nothing is mocked.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const olderNode = olderNodeOnPath();
const skip = olderNode === undefined && 'this machine has no Node older than 26 on its PATH';
const older = olderNode ?? '';

const packages: string[] = [];
after(() => {
  for (const path of packages) rmSync(path, { recursive: true });
});

function olderNodeOnPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))
    .filter((node) => existsSync(node))
    .find((node) => {
      const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
      const major = Number(/^v(\d+)\./.exec(stdout)?.[1]);
      return major < 26;
    });
}

/** A package with the real bin/james.js and a main that shows what reaches it; gives the path of bin/james.js. */
function packageWith(main: string, brought?: { node: string }): string {
  const path = mkdtempSync(join(tmpdir(), 'james-package-'));
  packages.push(path);
  cpSync(join(root, 'package.json'), join(path, 'package.json'));
  cpSync(join(root, 'bin'), join(path, 'bin'), { recursive: true });
  mkdirSync(join(path, 'src'));
  // What shows is said as main is loaded; of the command itself there is nothing to do.
  writeFileSync(
    join(path, 'src/main.ts'),
    `${main}\nexport const programFor = () => ({ parseAsync: () => undefined });\n`,
  );
  if (brought) {
    mkdirSync(join(path, 'node_modules/.bin'), { recursive: true });
    symlinkSync(brought.node, join(path, 'node_modules/.bin/node'));
  }
  return join(path, 'bin/james.js');
}

describe('bin/james.js on an older Node', { skip }, () => {
  test('without an installation one line says that Node 26 is needed and how to get it', () => {
    const james = packageWith("console.log('ran');");
    const { status, stdout, stderr } = spawnSync(older, [james, 'serve'], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^James needs Node\.js 26 [^\n]*npm install[^\n]*\n$/);
  });

  test('a node_modules/.bin/node that is itself too old is not used', () => {
    const james = packageWith("console.log('ran');", { node: older });
    const { status, stdout, stderr } = spawnSync(older, [james], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^James needs Node\.js 26 /);
  });

  test('the Node that npm has brought runs the command, with its arguments, output and exit code', () => {
    const main = 'console.log(process.versions.node, ...process.argv.slice(2)); process.exitCode = 7;';
    const james = packageWith(main, { node: process.execPath });
    const { status, stdout, stderr } = spawnSync(older, [james, 'book', '--as-of', '2026-11-22'], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.equal(stdout, `${process.versions.node} book --as-of 2026-11-22\n`);
    assert.equal(status, 7);
  });

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    test(`${signal} reaches the server, which may end in its own way`, async () => {
      const main = `
        process.on('${signal}', () => { console.log('stopping'); process.exit(3); });
        setInterval(() => {}, 1000);
        console.log('ready');`;
      const { output, end } = await signalled(packageWith(main, { node: process.execPath }), signal);
      assert.equal(output, 'ready\nstopping\n');
      assert.deepEqual(end, [3, null]);
    });
  }

  test('a server ended by a signal is seen as ended by that signal', async () => {
    const main = "setInterval(() => {}, 1000); console.log('ready');";
    const { end } = await signalled(packageWith(main, { node: process.execPath }), 'SIGTERM');
    assert.deepEqual(end, [null, 'SIGTERM']);
  });
});

test('bin/james.js on the Node it needs runs main in the same process', () => {
  const james = packageWith('console.log(process.pid, ...process.argv.slice(2));');
  const { pid, stdout, status } = spawnSync(process.execPath, [james, 'verify'], { encoding: 'utf8' });
  assert.equal(stdout, `${pid} verify\n`);
  assert.equal(status, 0);
});

async function signalled(james: string, signal: NodeJS.Signals) {
  const child = spawn(older, [james], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    if (chunk.includes('ready')) child.kill(signal);
  }
  return { output, end: await ended };
}
