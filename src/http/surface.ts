// What both surfaces are built on: the ledger, the keys, and who is calling.

import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/key-ring.ts';
import type { Keys } from '../access/keys.ts';
import type { Role } from '../access/roles.ts';
import type { Session, Sessions } from '../access/sessions.ts';
import type { DemoRuns } from '../demo/demo-runs.ts';
import type { Imports } from '../import/imports.ts';
import type { Ledger, Origin } from '../ledger/ledger.ts';
import type { Authorization } from './authorization.ts';
import type { BodyTimes } from './body-times.ts';
import type { RunningExports } from './running-exports.ts';

export interface SurfaceParts {
  readonly ledger: Ledger;
  readonly authorization: Authorization;
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly demo: DemoRuns;
  readonly exports: RunningExports;
  readonly imports: Imports;
}

/** What routes find beside that: the server's own. */
export interface ServedParts extends SurfaceParts {
  readonly bodyTimes: BodyTimes;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role whose keys a route takes; unless given, viewer for what reads and officer for what writes. */
    role?: Role;
  }
  interface FastifyRequest {
    /** The name of the key that the request carried; empty before authorization. */
    keyName: string;
    /** Who is calling, on /v1; and in which session, where it came with one. */
    caller: Caller | undefined;
    session: Session | undefined;
    /** The request id that the answer names: that of the first request where its answer is given again. */
    answerId: string;
    /** The body as it was sent, on surfaces whose parser reads it. */
    bodyBytes: Buffer | undefined;
  }
}

/** The least role that a request's route takes. */
export function roleNeeded({ routeOptions, method }: FastifyRequest): Role {
  return routeOptions.config.role ?? (method === 'GET' || method === 'HEAD' ? 'viewer' : 'officer');
}

/** Who and what the records of a request will name. */
export function originOf(request: FastifyRequest): Origin {
  return { requestId: request.id, recordedBy: request.keyName };
}
