// Request bodies: UTF-8 JSON, exact, and never long on the event loop.

import { isUtf8 } from 'node:buffer';
import { type Inexact, type JsonReading, parseExactJson } from '../domain/exact-json.ts';
import { parseLargeJson } from './large-json.ts';

/** Bodies beyond this are read on a thread of their own. */
const LARGE_BYTES = 32 * 1024;

/**
 * Reads a request body. Of a large one only the members named in `members` come back, a nested value among them as
 * an empty list, and at most one other member (as null), so that a strict reader still finds it.
 */
export async function readJsonBody(
  body: Buffer | undefined,
  members: readonly string[],
  inexact: Inexact,
): Promise<JsonReading> {
  if (body === undefined || !isUtf8(body)) return { ok: false };
  if (body.length > LARGE_BYTES) return parseLargeJson({ body, members, inexact });
  return parseExactJson(body.toString('utf8'), inexact);
}
