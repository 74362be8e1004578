// What a server's memory does over time, as /metrics tells it. A heap grows between collections, so what counts of a stretch
// of time is its lowest figure: what is still held when all that could go has gone.

const MIB = 2 ** 20;

interface Figures {
  readonly requests: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** How much more may be held at the end than after the warm-up. */
interface GrowthMax {
  readonly heapMib: number;
  readonly residentMib: number;
}

/**
 * What is borne. V8 lets some 150 MiB of garbage gather before it looks through the whole heap, so within a minute or two
 * the lowest figures say little; later they lie within 5 MiB of one another (150,000 requests). Memory outside the heap
 * grows with SQLite's page caches, 64 MiB for each of four connections, until they are full.
 */
const GROWTH_MAX = {
  short: { heapMib: 150, residentMib: 400 },
  long: { heapMib: 40, residentMib: 300 },
} as const;

/** Rounds from which on the figures say something. */
const LONG_ROUNDS = 100;

function metric(text: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`${name} is not among the metrics`);
  return Number(value);
}

function lowest(figures: readonly Figures[], name: 'heapBytes' | 'residentBytes'): number {
  return Math.min(...figures.map((one) => one[name])) / MIB;
}

export class MemoryWatch {
  readonly #url: string;
  readonly #figures: Figures[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async look(requests: number): Promise<void> {
    const response = await fetch(`${this.#url}/metrics`);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`GET /metrics answered ${response.status} ${text}`);
    this.#figures.push({
      requests,
      heapBytes: metric(text, 'nodejs_heap_size_used_bytes'),
      residentBytes: metric(text, 'process_resident_memory_bytes'),
    });
  }

  /** What it is now, for people. */
  get latest(): string {
    const { heapBytes = 0, residentBytes = 0 } = this.#figures.at(-1) ?? {};
    return `heap ${(heapBytes / MIB).toFixed(0)} MiB, resident ${(residentBytes / MIB).toFixed(0)} MiB`;
  }

  /** What is wrong with how it has grown, or undefined. */
  get fault(): string | undefined {
    const max = this.#figures.length < LONG_ROUNDS ? GROWTH_MAX.short : GROWTH_MAX.long;
    const { heapMib, residentMib, text } = this.growth;
    return heapMib > max.heapMib || residentMib > max.residentMib ? `memory grows: ${text}` : undefined;
  }

  /** The second quarter of all that was seen, when the server is warm, against the last; of too little nothing is said. */
  get growth(): GrowthMax & { readonly text: string } {
    const quarter = Math.floor(this.#figures.length / 4);
    if (quarter === 0) return { heapMib: 0, residentMib: 0, text: 'too short to say anything of memory' };
    const warm = this.#figures.slice(quarter, 2 * quarter);
    const end = this.#figures.slice(-quarter);
    const [heap, heapAtEnd] = [lowest(warm, 'heapBytes'), lowest(end, 'heapBytes')];
    const [resident, residentAtEnd] = [lowest(warm, 'residentBytes'), lowest(end, 'residentBytes')];
    return {
      heapMib: heapAtEnd - heap,
      residentMib: residentAtEnd - resident,
      text: `heap ${heap.toFixed(1)} → ${heapAtEnd.toFixed(1)} MiB, resident ${resident.toFixed(0)} → ${residentAtEnd.toFixed(0)} MiB, from request ${warm[0]?.requests} to ${end.at(-1)?.requests}`,
    };
  }
}
