// Reads the fields of a James request, with the original's own messages for each that is wrong.
// No schema library speaks these messages, and they are frozen; so this is written by hand.

import { type CalendarDate, parseDate } from '../../domain/calendar-date.ts';
import { parseDecimal, toScaledInteger } from '../../domain/decimal.ts';

/** A James error body names fields; the messages are the original's. */
export type FieldFaults = Record<string, string>;

export const REQUIRED = 'Required';
export const TOO_LARGE = 'Value is too large';
export const NOT_POSITIVE = 'Value must be greater than zero';
export const TOO_SMALL_FOR_TERM = 'Value is too small for this term';

interface NumberLimits {
  readonly decimalPlaces: number;
  /** In units of the last decimal place. */
  readonly max: bigint;
  /** Absent: a number of more decimal places is no fault and reads as 0n. */
  readonly tooPrecise?: (written: string) => string;
}

/** Reads one body's fields; collects every fault, so that all wrong fields are named at once. */
export class FieldReader {
  readonly faults: FieldFaults = {};
  readonly #body: Record<string, unknown>;

  constructor(body: Record<string, unknown>) {
    this.#body = body;
  }

  get ok(): boolean {
    for (const _ in this.faults) return false;
    return true;
  }

  /** A positive number as a count of its last decimal place; 0n where it is wrong. */
  positive(field: string, limits: NumberLimits): bigint {
    const value = this.#present(field);
    if (value === undefined) return 0n;
    const written =
      typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined;
    const infinity = written === undefined ? null : /^([+-]?)inf(?:inity)?$/i.exec(written);
    if (infinity !== null) return this.#fault(field, infinity[1] === '-' ? NOT_POSITIVE : TOO_LARGE);
    const decimal = written === undefined ? undefined : parseDecimal(written);
    if (written === undefined || decimal === undefined) {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      return this.#fault(field, `"${shown}" is not a number`);
    }
    if (decimal.sign <= 0) return this.#fault(field, NOT_POSITIVE);
    const scaled = toScaledInteger(decimal, limits.decimalPlaces);
    if (!scaled.ok) {
      if (scaled.reason === 'too-large') return this.#fault(field, TOO_LARGE);
      return limits.tooPrecise === undefined ? 0n : this.#fault(field, limits.tooPrecise(written));
    }
    return scaled.value > limits.max ? this.#fault(field, TOO_LARGE) : scaled.value;
  }

  date(field: string): CalendarDate {
    const value = this.#present(field);
    if (value === undefined) return 0;
    const date = typeof value === 'string' ? parseDate(value) : undefined;
    if (date === undefined) this.faults[field] = 'Invalid date';
    return date ?? 0;
  }

  oneOf<Choice extends string>(field: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.#present(field);
    if (value === undefined) return choices[0];
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      this.faults[field] = `"${shown}" is not one of ${choices.join(', ')}`;
    }
    return choice ?? choices[0];
  }

  #present(field: string): unknown {
    const value = Object.hasOwn(this.#body, field) ? this.#body[field] : undefined;
    if (value !== undefined && value !== null && value !== '') return value;
    this.faults[field] = REQUIRED;
    return undefined;
  }

  #fault(field: string, message: string): bigint {
    this.faults[field] = message;
    return 0n;
  }
}
