// Lists of any length, item by item: the next page is fetched when the one before is used up.

import type { Problem } from './contract.ts';
import { type Result, unwrap } from './result.ts';

export interface Page<Item> {
  readonly data: readonly Item[];
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

/** The items of a list. Throws a JamesError where a page can't be had; its items so far have been given. */
export async function* itemsOf<Item>(
  page: (after: string | undefined) => Promise<Result<Page<Item>, Problem>>,
  first?: string,
): AsyncGenerator<Item, void, undefined> {
  let after = first;
  do {
    const { data, next } = await unwrap(page(after));
    yield* data;
    after = next ?? undefined;
  } while (after !== undefined);
}
