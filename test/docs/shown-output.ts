// Compares what a document shows with what a command wrote. What differs from run to run stands for any of its kind:
// ids, instants, hashes, keys. The first time that a document shows one, it is learned which one is meant: from then on
// it must be the same one, and what the document does with it is done with the real one.
//
// The day of its writing, where the document names it, is today, and the day before it yesterday. … stands for anything within a line, a line
// of … alone for any lines; in JSON a text may have … in it, the text … stands for any value, a member "…" for more
// members, and … at the end of a list for more of the same.

import assert from 'node:assert/strict';

const KINDS = [
  { name: 'id', pattern: '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}' },
  { name: 'instant', pattern: '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z' },
  { name: 'hash', pattern: '[0-9a-f]{64}' },
  { name: 'key', pattern: 'james_[A-Za-z0-9_-]{43}' },
] as const;
const ANY_KIND = KINDS.map(({ name, pattern }) => `(?<${name}>\\b${pattern}(?![0-9A-Za-z_-]))`).join('|');
const ANYTHING = '…';

function quoted(text: string): string {
  return RegExp.escape(text);
}

export class ShownOutput {
  readonly #real = new Map<string, string>();
  /** Dates that may be shown a day later, where midnight passes between the first command and the last. */
  readonly #days = new Map<string, string>();
  readonly #kinds: RegExp;

  /** `today` is the document's, `realToday` that of the bank. */
  constructor(today: string | undefined, realToday: string) {
    const parts: string[] = [];
    if (today !== undefined) {
      for (const days of [0, -1]) {
        const shown = dayAfter(today, days);
        this.#real.set(shown, dayAfter(realToday, days));
        this.#days.set(shown, dayAfter(realToday, days + 1));
        parts.push(`\\b${quoted(shown)}(?![T\\d])`);
      }
    }
    this.#kinds = new RegExp([...parts, ANY_KIND].join('|'), 'g');
  }

  /** A command of the document with the real things in place of those that the document shows. */
  real(command: string): string {
    return command.replace(this.#kinds, (shown) => this.#real.get(shown) ?? shown);
  }

  /** Throws where the output is not what is shown; trailing spaces and empty lines at the end don't count. */
  compareText(shown: string, real: string): void {
    this.#compare(tidy(shown), tidy(real), 'the output');
  }

  /** Throws where the output is not one JSON value that is as shown. */
  compareJson(shown: string, real: string): void {
    const expected: unknown = JSON.parse(shown);
    let actual: unknown;
    try {
      actual = JSON.parse(real);
    } catch {
      assert.fail(`the output is not JSON: ${real}`);
    }
    this.#compareValue(expected, actual, 'the output');
  }

  #compareValue(shown: unknown, real: unknown, place: string): void {
    if (shown === ANYTHING) return;
    if (typeof shown === 'string' && typeof real === 'string') this.#compare(shown, real, place);
    else if (Array.isArray(shown) && Array.isArray(real)) this.#compareList(shown, real, place);
    else if (isObject(shown) && isObject(real)) this.#compareObject(shown, real, place);
    else assert.deepEqual(real, shown, place);
  }

  #compareList(shown: readonly unknown[], real: readonly unknown[], place: string): void {
    const more = shown.at(-1) === ANYTHING;
    const items = more ? shown.slice(0, -1) : shown;
    for (const [index, item] of items.entries()) {
      this.#compareValue(item, real[index], `${place}[${index}]`);
    }
    if (!more) assert.equal(real.length, items.length, `how many are in ${place}`);
  }

  #compareObject(shown: Record<string, unknown>, real: Record<string, unknown>, place: string): void {
    const { [ANYTHING]: more, ...members } = shown;
    for (const [name, value] of Object.entries(members)) {
      assert.ok(name in real, `${place} has no ${name}: ${JSON.stringify(real)}`);
      this.#compareValue(value, real[name], `${place}.${name}`);
    }
    if (more === undefined) assert.deepEqual(Object.keys(real), Object.keys(members), `members of ${place}`);
  }

  #compare(shown: string, real: string, place: string): void {
    const learned: { shown: string; group: string }[] = [];
    let pattern = '';
    let from = 0;
    for (const found of shown.matchAll(this.#kinds)) {
      const [text] = found;
      pattern += literal(shown.slice(from, found.index)) + this.#patternOf(text, found.groups ?? {}, learned);
      from = found.index + text.length;
    }
    pattern += literal(shown.slice(from));
    const match = new RegExp(`^${pattern}$`).exec(real);
    if (match === null) {
      // In this form a failure shows the two beside one another.
      assert.equal(real, this.real(shown), `${place} is not as shown`);
      assert.fail(`${place} is not as shown:\n${real}`);
    }
    for (const { shown: text, group } of learned) this.#real.set(text, match.groups?.[group] ?? '');
  }

  #patternOf(
    text: string,
    groups: Readonly<Record<string, string | undefined>>,
    learned: { shown: string; group: string }[],
  ): string {
    const known = this.#real.get(text);
    const later = this.#days.get(text);
    if (known !== undefined)
      return later === undefined ? quoted(known) : `(?:${quoted(known)}|${quoted(later)})`;
    const seen = learned.find(({ shown }) => shown === text);
    if (seen !== undefined) return `\\k<${seen.group}>`;
    const group = `learned${learned.length}`;
    learned.push({ shown: text, group });
    const kind = KINDS.find(({ name }) => groups[name] !== undefined);
    return `(?<${group}>${kind?.pattern})`;
  }
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

/** Text as it stands, but for the sign for anything: lines where it has a line for itself, else a part of a line. */
function literal(text: string): string {
  return text
    .split(/(^…(?:\n|$))/m)
    .map((part) => {
      if (part === `${ANYTHING}\n`) return '(?:.*\\n)*';
      if (part === ANYTHING) return '[^]*';
      return part.split(ANYTHING).map(quoted).join('.*');
    })
    .join('');
}
