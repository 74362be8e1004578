// What imports may cost a server, as its settings say.

export interface ImportLimits {
  /** Bytes of a file, unzipped. */
  readonly bytesMax: number;
  /** A file of which nothing comes for so long has broken off. */
  readonly idleMs: number;
  /** Files that come in at once. */
  readonly receivingMax: number;
  /** Rejected rows that are kept of an import, and for how long after its end. */
  readonly rejectsMax: number;
  readonly rejectsKeptMs: number;
  /** Streams of events that are open at once. */
  readonly streamsMax: number;
  /** An import whose process has given no sign of life for so long is another's. */
  readonly ownedMs: number;
}
