// deploy/systemd/james.service, read by the real systemd-analyze: it is well formed, its program is there, and what it
// leaves open of the machine is little. Nothing is started here.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readSettings } from '../../src/config.ts';
import { debianProgram } from '../support/debian-program.ts';
import { projectRoot, temporaryDirectory } from '../support/service.ts';

const UNIT = join(projectRoot, 'deploy/systemd/james.service');
const ENVIRONMENT = join(projectRoot, 'deploy/systemd/james.env');

/** From 0, closed, to 10, open: what systemd itself calls OK. */
const EXPOSURE_MAX = 2;

describe('the systemd unit', () => {
  let analyze: string;
  let directory: string;
  let unit: string;

  before(async () => {
    analyze = await debianProgram({ name: 'systemd-analyze', debianPackage: 'systemd' });
    directory = temporaryDirectory();
    unit = join(directory, 'james.service');
    // The project stands elsewhere than in a bank; nothing else is another.
    writeFileSync(unit, readFileSync(UNIT, 'utf8').replaceAll('/opt/james', projectRoot));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  function analyzed(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(analyze, args, { encoding: 'utf8' });
    assert.equal(status, 0, `${stdout}${stderr}`);
    return `${stdout}${stderr}`;
  }

  test('is well formed, and what it starts is there', () => {
    assert.equal(analyzed('verify', '--man=no', '--generators=no', unit).trim(), '');
  });

  test('leaves little of the machine open', () => {
    const told = analyzed('security', '--offline=true', `--threshold=${EXPOSURE_MAX * 10}`, unit);
    const exposure = Number(/Overall exposure level.*: ([\d.]+)/.exec(told)?.[1]);
    assert.ok(exposure <= EXPOSURE_MAX, told);
  });

  test('has an example of its settings that production would take, once the secrets are filled in', () => {
    const lines = readFileSync(ENVIRONMENT, 'utf8')
      .split('\n')
      // Also what stands there as a proposal.
      .map((line) => line.replace(/^#(?=[A-Z_]+=)/, ''))
      .filter((line) => /^[A-Z_]+=/.test(line));
    const env = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
    assert.ok(Object.hasOwn(env, 'DATABASE_URL') && Object.hasOwn(env, 'AUTH_SECRET'), lines.join('\n'));
    const secrets = { API_KEY: 'a-key-of-the-bank', AUTH_SECRET: 's'.repeat(40) };
    const reading = readSettings({ ...env, ...secrets, NODE_ENV: 'production' }, 'serve');
    assert.equal(reading.ok, true, reading.ok ? '' : reading.faults.join('\n'));
  });
});
