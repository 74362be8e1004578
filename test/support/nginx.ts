// The real nginx with the site of deploy/nginx, in a directory and on ports of its own. Of the site it replaces the paths,
// the ports and, where a test says so, which of its comments count; never a setting.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, selfSignedCertificate } from './certificate.ts';
import { debianProgram } from './debian-program.ts';
import { until } from './polling.ts';
import { projectRoot } from './service.ts';

const SITE = join(projectRoot, 'deploy/nginx/james.conf');
const STOP_LIMIT_MS = 20_000;

export interface NginxOptions {
  /** URLs of the James processes behind it, two at most: as many as the site has lines for on one machine. */
  readonly behind: readonly string[];
  /** Whether James is under a path, as a comment of the site has it. */
  readonly underPath?: boolean;
}

export interface Nginx {
  readonly httpUrl: string;
  readonly httpsUrl: string;
  readonly certificate: Certificate;
  /** What it has written so far on standard error, and to the site's logs. */
  output(): string;
  requestLog(): string;
  [Symbol.asyncDispose](): Promise<void>;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Puts one text in place of another, which must be there. */
function replaced(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`deploy/nginx/james.conf has no ${from}`);
  return changed;
}

/** The lines of a comment, from the one that begins a location to the one that ends it, as if they were none. */
function uncommented(site: string, location: string): string {
  const block = new RegExp(`^    # location ${location} \\{\\n(?:    # .*\\n)*?    # \\}\\n`, 'm');
  const found = block.exec(site)?.[0];
  if (found === undefined)
    throw new Error(`deploy/nginx/james.conf has no comment with location ${location}`);
  return replaced(site, found, found.replaceAll(/^ {4}# /gm, '    '));
}

/** Without a location, from the line that begins it to the one that ends it. */
function without(site: string, location: string): string {
  return replaced(site, new RegExp(`^    location ${location} \\{\\n(?:        .*\\n)*?    \\}\\n`, 'm'), '');
}

function siteFor(directory: string, ports: readonly number[], { behind, underPath }: NginxOptions): string {
  const [http = 0, https = 0] = ports;
  let site = readFileSync(SITE, 'utf8');
  site = replaced(site, 'listen 80;', `listen 127.0.0.1:${http};`);
  site = replaced(site, 'listen 443 ssl', `listen 127.0.0.1:${https} ssl`);
  site = replaced(site, /\/etc\/ssl\/james\/fullchain\.pem/, join(directory, 'fullchain.pem'));
  site = replaced(site, /\/etc\/ssl\/james\/privkey\.pem/, join(directory, 'privkey.pem'));
  site = replaced(site, /\/var\/log\/nginx\/james\.access\.log/, join(directory, 'access.log'));
  site = replaced(site, /\/var\/log\/nginx\/james\.error\.log/, join(directory, 'error.log'));
  const [first, second] = behind.map((url) => new URL(url).host);
  site = replaced(site, ' server 127.0.0.1:8080;', ` server ${first};`);
  if (second !== undefined) site = replaced(site, '# server 127.0.0.1:8081;', `server ${second};`);
  if (underPath === true) site = uncommented(without(without(site, '/'), '/v1/'), '/james/');
  return site;
}

/** What Debian's nginx.conf has around a site, as far as it takes one; all that it writes goes to the directory. */
function mainFor(directory: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${join(directory, name)};`)
    .join('\n');
  return `daemon off;
worker_processes 1;
pid ${join(directory, 'nginx.pid')};
error_log stderr warn;
events { worker_connections 512; }
http {
${places}
  include ${join(directory, 'james.conf')};
}
`;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(limit);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Starts it; resolves when it listens. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const program = await debianProgram({ name: 'nginx', debianPackage: 'nginx' });
  const directory = mkdtempSync(join(tmpdir(), 'james-nginx-'));
  // Its workers run as another user where it was started by root.
  chmodSync(directory, 0o755);
  const certificate = await selfSignedCertificate();
  writeFileSync(join(directory, 'fullchain.pem'), certificate.cert);
  writeFileSync(join(directory, 'privkey.pem'), certificate.key, { mode: 0o600 });
  const [http = 0, https = 0] = await freePorts(2);
  writeFileSync(join(directory, 'james.conf'), siteFor(directory, [http, https], options));
  writeFileSync(join(directory, 'nginx.conf'), mainFor(directory));

  const args = ['-p', directory, '-c', join(directory, 'nginx.conf'), '-e', 'stderr'];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  // A signal that its first process can pass on to its workers.
  const endWithTest = () => child.kill('SIGTERM');
  process.once('exit', endWithTest);
  let written = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const dispose = async () => {
    await end(child);
    process.removeListener('exit', endWithTest);
    rmSync(directory, { recursive: true, force: true });
  };

  const httpUrl = `http://127.0.0.1:${http}`;
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}:\n${written}`);
      return fetch(httpUrl, { redirect: 'manual' }).then(
        () => true,
        () => false,
      );
    }, 'nginx listens');
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    httpUrl,
    httpsUrl: `https://127.0.0.1:${https}`,
    certificate,
    output: () => written + readIfThere(join(directory, 'error.log')),
    requestLog: () => readIfThere(join(directory, 'access.log')),
    [Symbol.asyncDispose]: dispose,
  };
}
