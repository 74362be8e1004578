// Pages of what is read whole: a loan's own records. A cursor is the id of the last one on the page.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS, sendProblem } from '../problem.ts';

const PAGE_DEFAULT = 50;

/** The page that a query asks for; sends the problem and returns undefined where its cursor is none of the list. */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: { readonly limit?: number; readonly after?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): { readonly items: readonly Item[]; readonly next: string | null } | undefined {
  const { limit = PAGE_DEFAULT, after } = query;
  const before = after === undefined ? -1 : items.findIndex(({ id }) => id === after);
  if (after !== undefined && before === -1) {
    const detail = 'is no cursor of this list';
    sendProblem(request, reply, PROBLEMS.invalidRequest, `after ${detail}.`, [{ pointer: 'after', detail }]);
    return undefined;
  }
  const shown = items.slice(before + 1, before + 1 + limit);
  const more = before + 1 + shown.length < items.length;
  return { items: shown, next: more ? (shown.at(-1)?.id ?? null) : null };
}
