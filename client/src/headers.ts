// Headers whose values come from the caller, checked before anything is sent.

const KEY = /^[\x20-\x7e]{1,255}$/;
const REQUEST_ID = /^[\x21-\x7e]{1,100}$/;
const API_KEY = /^[\x21-\x7e]+$/;
const KEY_BYTES = 16;

/** A key that nobody else has. crypto.randomUUID would be there over HTTPS only. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function checked(name: string, value: string, form: RegExp, what: string): string {
  if (typeof value === 'string' && form.test(value) && value.trim() === value) return value;
  throw new TypeError(`${name} must be ${what}`);
}

/** Throws a TypeError where it is none. */
export function idempotencyKeyOf(key: string): string {
  return checked('idempotencyKey', key, KEY, '1 to 255 printable ASCII characters, with no space at an end');
}

/** Throws a TypeError where it is none. */
export function requestIdOf(id: string): string {
  return checked('requestId', id, REQUEST_ID, '1 to 100 printable ASCII characters without spaces');
}

/** The value of an Authorization header. Throws a TypeError where the key can't be one. */
export function bearer(apiKey: string): string {
  return `Bearer ${checked('apiKey', apiKey, API_KEY, 'printable ASCII characters without spaces')}`;
}
