// A copy of the book in memory, by which a process answers questions about it in microseconds, whatever the number of
// loans, days and changes. It is never older than the question: before each answer it asks the database what any process
// has committed since (one question shared by all who wait), so an answer holds everything that was acknowledged before
// it was asked for. Where the copy is not there yet, has lost its line, or would be too large, the store answers, from
// the same rows by SQL: slower, never otherwise.

import { bucketEdges } from '../domain/arrears.ts';
import type { BookSums } from '../domain/book.ts';
import { subtractSums } from '../domain/book.ts';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { DominanceSums } from '../domain/dominance-sums.ts';
import { POINT, POINT_LENGTH } from '../store/book-points.ts';
import type { BookLine, BookMark, Store } from '../store/store.ts';

/** Questions about the book that both the mirror and the store answer. */
export type BookQuestions = Pick<Store, 'bookAsOf' | 'bookByDueDate' | 'bookSeries' | 'bookByDueDateSeries'>;

/** A book of more points than this, half a gigabyte in memory, is left to the database. */
const POINTS_MAX = 2_000_000;

/** Points taken in one go: some milliseconds, in which nobody else is served. */
const POINTS_AT_ONCE = 5_000;

/** Sums looked up for one answer; a longer series is left to the store, which does it elsewhere. */
const SUMS_AT_ONCE = 2_000;

/** How often it keeps up where nobody asks, and tries again to read the book where it could not. */
const PAUSE_MS = 1_000;

const OPEN = [Number.POSITIVE_INFINITY] as const;

/** The copy itself, as of a mark. */
class Copy {
  readonly #line: BookLine;
  /** What is known now: by effective date and due date. */
  readonly #now = new DominanceSums();
  /** What was known when: by date of recording and effective date. */
  readonly #known = new DominanceSums();
  #mark: BookMark;

  constructor(line: BookLine, mark: BookMark) {
    this.#line = line;
    this.#mark = mark;
  }

  get isTooLarge(): boolean {
    return this.#now.isScattered || this.#known.isScattered || this.#now.size > POINTS_MAX;
  }

  add(points: Float64Array, from: number, to: number): void {
    for (let at = from; at < to; at += POINT_LENGTH) {
      const effectiveOn = points[at + POINT.effectiveOn] as number;
      const sums = [
        points[at + POINT.valueHigh] as number,
        points[at + POINT.valueLow] as number,
        points[at + POINT.principalHigh] as number,
        points[at + POINT.principalLow] as number,
        points[at + POINT.volume] as number,
      ] as const;
      this.#now.addParts(effectiveOn, points[at + POINT.dueOn] as number, ...sums);
      this.#known.addParts(points[at + POINT.recordedOn] as number, effectiveOn, ...sums);
    }
  }

  /** Takes what was committed up to now; false where that can no longer be had. */
  async keepUp(): Promise<boolean> {
    const news = await this.#line.news(this.#mark);
    if (news === undefined) return false;
    this.add(news.points, 0, news.points.length);
    this.#mark = news.mark;
    return !this.isTooLarge;
  }

  /** Does now what the first answer would wait for. */
  settle(): void {
    this.dueBefore(0, OPEN);
    this.known(0, [0]);
  }

  /** Sums as of a date over due dates before each edge. */
  dueBefore(asOf: CalendarDate, edges: readonly number[]): BookSums[] {
    return this.#now.below(asOf, edges);
  }

  /** Sums as known on a date, as of each date. */
  known(knownAt: CalendarDate, dates: readonly CalendarDate[]): BookSums[] {
    return this.#known.below(
      knownAt,
      dates.map((date) => date + 1),
    );
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}

export class BookMirror implements BookQuestions {
  readonly #store: Store;
  #copy: Copy | undefined;
  #reading: Promise<void> | undefined;
  #keepingUp: Promise<unknown> | undefined;
  #next: Promise<Copy | undefined> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Closed, or given up because the book is too large. */
  #isOver = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Begins to read the book, with most of a core for as long as that takes; until it has, the store answers. */
  start(): void {
    if (this.#isOver) return;
    this.#read();
    this.#timer = setInterval(() => this.#tick(), PAUSE_MS);
    this.#timer.unref();
  }

  /** Whether it answers by itself now. */
  get isReady(): boolean {
    return this.#copy !== undefined;
  }

  async bookAsOf(asOf: CalendarDate, knownAt: CalendarDate | undefined): Promise<BookSums> {
    const copy = await this.#fresh();
    if (copy === undefined) return this.#store.bookAsOf(asOf, knownAt);
    const [sums] = knownAt === undefined ? copy.dueBefore(asOf, OPEN) : copy.known(knownAt, [asOf]);
    return sums as BookSums;
  }

  async bookByDueDate(
    asOf: CalendarDate,
    knownAt: CalendarDate | undefined,
    edges: readonly CalendarDate[],
  ): Promise<BookSums[]> {
    const copy = knownAt === undefined ? await this.#fresh() : undefined;
    if (copy === undefined) return this.#store.bookByDueDate(asOf, knownAt, edges);
    return betweenEdges(copy.dueBefore(asOf, [...OPEN, ...edges]));
  }

  async bookSeries(dates: readonly CalendarDate[], knownAt: CalendarDate | undefined): Promise<BookSums[]> {
    const copy = dates.length <= SUMS_AT_ONCE ? await this.#fresh() : undefined;
    if (copy === undefined) return this.#store.bookSeries(dates, knownAt);
    if (knownAt !== undefined) return copy.known(knownAt, dates);
    return dates.flatMap((date) => copy.dueBefore(date, OPEN));
  }

  async bookByDueDateSeries(
    dates: readonly CalendarDate[],
    knownAt: CalendarDate | undefined,
    bounds: readonly number[],
  ): Promise<BookSums[][]> {
    const isShort = dates.length * (bounds.length + 2) <= SUMS_AT_ONCE;
    const copy = knownAt === undefined && isShort ? await this.#fresh() : undefined;
    if (copy === undefined) return this.#store.bookByDueDateSeries(dates, knownAt, bounds);
    return dates.map((date) => betweenEdges(copy.dueBefore(date, [...OPEN, ...bucketEdges(date, bounds)])));
  }

  /** Ends what is under way; nothing is asked afterwards. */
  async close(): Promise<void> {
    this.#end();
    await this.#reading;
    await this.#keepingUp;
    await this.#drop();
  }

  #end(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
  }

  /** The copy with everything that was committed before this call; undefined where there is none to be had. */
  #fresh(): Promise<Copy | undefined> {
    // What is under way may have been asked before the latest commit: who comes now waits for the next, together.
    this.#next ??= this.#afterThis();
    return this.#next;
  }

  async #afterThis(): Promise<Copy | undefined> {
    await this.#keepingUp;
    this.#next = undefined;
    const copy = this.#copy;
    if (copy === undefined) return undefined;
    const keepingUp = this.#keepUp(copy);
    this.#keepingUp = keepingUp;
    return keepingUp;
  }

  /** Never rejects: where it fails the store answers, or says what is wrong. */
  async #keepUp(copy: Copy): Promise<Copy | undefined> {
    try {
      if (await copy.keepUp()) return copy;
    } catch {
      // The line is broken.
    }
    if (copy.isTooLarge) this.#end();
    if (copy === this.#copy) await this.#drop();
    this.#read();
    return undefined;
  }

  #tick(): void {
    if (this.#copy === undefined) this.#read();
    else void this.#fresh();
  }

  /** Reads the whole book, unless that is under way. */
  #read(): void {
    if (this.#isOver || this.#reading !== undefined) return;
    this.#reading = this.#readWhole()
      // Whoever asks meanwhile is told by the store.
      .catch(() => undefined)
      .finally(() => {
        this.#reading = undefined;
      });
  }

  async #readWhole(): Promise<void> {
    const line = await this.#store.openBookLine();
    let copy: Copy | undefined;
    try {
      const whole = await this.#store.wholeBook(POINTS_MAX);
      if (whole === undefined) {
        this.#end();
        return;
      }
      const { points, mark } = whole;
      const made = new Copy(line, mark);
      for (let from = 0; from < points.length; from += POINTS_AT_ONCE * POINT_LENGTH) {
        made.add(points, from, Math.min(points.length, from + POINTS_AT_ONCE * POINT_LENGTH));
        await nextTurn();
        if (this.#isOver) return;
      }
      if (!(await made.keepUp()) || this.#isOver) {
        if (made.isTooLarge) this.#end();
        return;
      }
      made.settle();
      copy = made;
      this.#copy = made;
    } finally {
      if (copy === undefined) await line.close();
    }
  }

  async #drop(): Promise<void> {
    const copy = this.#copy;
    this.#copy = undefined;
    await copy?.close().catch(() => undefined);
  }
}

/** Sums below descending edges, from everything on, as the sums between them. */
function betweenEdges(below: readonly BookSums[]): BookSums[] {
  return below.map((sums, index) => {
    const next = below[index + 1];
    return next === undefined ? sums : subtractSums(sums, next);
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
