// The log: JSON lines by pino, with request ids. What an error says is written, but no stack and nothing that a database
// says of rows; with LOG_LEVEL=debug the stack too.

import type { FastifyServerOptions } from 'fastify';

interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly fault?: string;
  readonly stack?: string;
  readonly cause?: ToldError;
}

const CAUSES_MAX = 4;

function told(error: unknown, withStack: boolean, causes = CAUSES_MAX): ToldError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code, fault } = error as { code?: unknown; fault?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof fault === 'string' ? { fault } : {}),
    ...(withStack && error.stack !== undefined ? { stack: error.stack } : {}),
    ...(error.cause === undefined || causes === 0 ? {} : { cause: told(error.cause, withStack, causes - 1) }),
  };
}

/** The log of a server at a level of pino's. */
export function logOptions(level: string): FastifyServerOptions['logger'] {
  const withStack = level === 'debug' || level === 'trace';
  return {
    level,
    serializers: {
      err: (error: unknown) => told(error, withStack),
      // Headers and bodies are not for the log: they hold keys and money.
      req: ({ method, url, id }: { method: string; url: string; id: string }) => ({ method, url, id }),
    },
    // Fastify's type of the error serializer asks for a stack always.
  } as unknown as FastifyServerOptions['logger'];
}
