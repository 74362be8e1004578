// Sends many payments, a few side by side: James decides those that arrive together in one transaction.

const SIDE_BY_SIDE = 8;

/** Calls `send` for each item, at most a few at once; one that fails never holds up another. */
export async function sendAll<Item>(
  items: readonly Item[],
  send: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await send(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one));
}
