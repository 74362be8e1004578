// The web console under /app: built files (console/dist) and the page that loads them. It knows nothing of loans; its pages
// call /v1 like everybody else. The page finds the way back from wherever it is by a relative <base>, so James may lie
// under any path of a host.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface ConsoleOptions {
  /** Where the built console lies. */
  readonly directory: string;
  /** With which one click signs in; in development only. */
  readonly developmentKey?: string | undefined;
}

const NONCE_BYTES = 16;
const NOT_BUILT = 'The console is not built. Run: npm run console\n';

/** Names under assets/ carry a hash of what is in them. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Nothing comes from any other host, and no script or style that James did not send. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The way from a page back to /app/: `/app/loans/1` is one step below it. */
function baseOf(path: string): string {
  const steps = path.split('/').length - 1;
  return steps === 0 ? './' : '../'.repeat(steps);
}

function asAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true;
}

/** Serves the console; where it is not built, its addresses say how to build it. */
export async function consoleRoutes(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  const { directory, developmentKey = '' } = options;
  const file = join(directory, 'index.html');
  const page = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const hidden = { schema: { hide: true } } as const;

  function sendPage(path: string, reply: FastifyReply): FastifyReply {
    if (page === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return reply
      .header('content-security-policy', pagePolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(
        page
          .replaceAll('{{base}}', baseOf(path))
          .replaceAll('{{nonce}}', nonce)
          .replaceAll('{{development-key}}', asAttribute(developmentKey)),
      );
  }

  if (page !== undefined) {
    await app.register(fastifyStatic, {
      root: join(directory, 'assets'),
      prefix: '/app/assets/',
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      globIgnore: ['**/*.br', '**/*.gz'],
      setHeaders: (reply) => {
        reply.header('cache-control', FOREVER);
      },
      schemaHide: true,
    });
  }
  // A route that reads the header decides, so that whoever is no browser gets James's answer.
  app.get('/', { ...hidden, exposeHeadRoute: false }, async (request, reply) =>
    wantsPage(request) ? reply.redirect('app/', 302) : reply.callNotFound(),
  );
  app.get('/app', hidden, async (_request, reply) => reply.redirect('app/', 302));
  app.get('/app/*', hidden, async (request, reply) => {
    const path = (request.params as { '*': string })['*'];
    if (path.startsWith('assets/')) return reply.code(404).type('text/plain').send('No such file.\n');
    return sendPage(path, reply);
  });
}
