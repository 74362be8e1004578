// How often each operation was asked, and what it answered.

export class Tally {
  readonly #statuses = new Map<string, Map<string, number>>();
  #requests = 0;

  get requests(): number {
    return this.#requests;
  }

  /** `status`: what came, or a word for what did not. */
  count(operation: string, status: string): void {
    this.#requests++;
    const statuses = this.#statuses.get(operation) ?? new Map<string, number>();
    this.#statuses.set(operation, statuses);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }

  /** Operations of which no request was ever accepted. */
  neverAccepted(operations: readonly string[]): string[] {
    return operations.filter((operation) => {
      const statuses = [...(this.#statuses.get(operation)?.keys() ?? [])];
      return !statuses.some((status) => status.startsWith('2'));
    });
  }

  /** A line an operation. */
  get text(): string {
    const width = Math.max(...[...this.#statuses.keys()].map(({ length }) => length));
    return [...this.#statuses]
      .map(([operation, statuses]) => {
        const counts = [...statuses].toSorted().map(([status, count]) => `${status}×${count}`);
        return `${operation.padEnd(width)}  ${counts.join(' ')}`;
      })
      .join('\n');
  }
}
