// Arbitrary and nasty requests: JSON texts that were never values (numbers of many digits, half surrogate pairs, equal
// members twice), bodies that are almost right, and bodies as large and as deep as a request may be.

import { fc } from './properties.ts';

const nastyNumbers = [
  ...['0', '-0', '0.0', '-0.0', '1', '-1', '12', '12.0', '12.5', '0.05', '0.1e1', '1E+3', '1e-3', '1000.00'],
  ...['85.6', '85.60', '1e400', '-1e400', '1e-400', '5e-324', '1.7976931348623157e308', '1e999999999999'],
  ...['2147483647', '2147483648', '-2147483649', '4294967296', '9007199254740991', '9007199254740993'],
  ...['9223372036854775807', '9223372036854775808', '-9223372036854775809', '18446744073709551616'],
  ...[
    '123456789012345678901234567890',
    '0.1234567890123456789012345',
    '9999999999999.99',
    '99999999999999.99',
  ],
];

const nastyStrings = [
  ...[
    '',
    ' ',
    '0',
    '-0',
    '1000',
    '1000.00',
    '1e3',
    '1e400',
    '-1',
    '+1',
    '.5',
    '5.',
    '0x10',
    '1_000',
    '1,000.00',
  ],
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    'inf',
    'null',
    'true',
    'undefined',
    'made',
    'missed',
    'MADE',
    'USD',
    'EUR',
  ],
  ...[
    '2017-08-05',
    '2017-08-05 02:18Z',
    '2017-02-29',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
  ],
  ...[
    '2017-08-05T23:59:60Z',
    '2017-08-05T24:00',
    '+002017-08-05',
    '2017-W31-6',
    '２０１７-08-05',
    '1e3\n',
    '\u0000',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    "'; DROP TABLE loan; --",
    '\ufeff',
    '\u202e',
    '🏦',
    'e\u0301',
    '%s',
  ],
];

const brokenStrings = [
  '"\\ud800"',
  '"\\udc00\\ud83d"',
  '"a\\u0000b"',
  '"\\uD83C\\uDFE6"',
  '"\\/\\b\\f\\n\\r\\t"',
];

const nastyNames = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '',
  ' ',
  'a/b~c',
  'Amount',
];

const numberText = fc.oneof(
  fc.constantFrom(...nastyNumbers),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,40})([.][0-9]{1,40})?([eE][+-]?[0-9]{1,12})?$/),
);

const stringText = fc.oneof(
  fc.constantFrom(...nastyStrings).map((text) => JSON.stringify(text)),
  fc.constantFrom(...brokenStrings),
  fc.string({ unit: 'binary', maxLength: 120 }).map((text) => JSON.stringify(text)),
  fc.date({ noInvalidDate: true }).map((date) => JSON.stringify(date)),
  numberText.map((text) => `"${text}"`),
);

const nameText = fc.oneof(
  fc.constantFrom(...nastyNames).map((name) => JSON.stringify(name)),
  fc.string({ unit: 'binary', maxLength: 20 }).map((name) => JSON.stringify(name)),
);

/** The text of some JSON value. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; list: string; object: string }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('null', 'true', 'false'),
      numberText,
      stringText,
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    object: fc
      .array(fc.tuple(nameText, tie('value')), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`),
  }),
).value;

/** Cuts a piece out of a text or puts one in, so that it is almost what it was. */
function spoilt(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([whole, place, cut, inserted]) => {
      const at = place % (whole.length + 1);
      return whole.slice(0, at) + inserted + whole.slice(at + cut);
    });
}

/**
 * Bodies for an address that takes the members of `valid` (JSON texts by name): each one as it is, of some other
 * value, or left out; sometimes with members that nobody asked for, sometimes broken, sometimes no object at all.
 */
export function bodyText(valid: Readonly<Record<string, string>>): fc.Arbitrary<string> {
  const member = ([name, text]: [string, string]): fc.Arbitrary<readonly [string, string] | undefined> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant([JSON.stringify(name), text] as const) },
      { weight: 3, arbitrary: jsonText.map((value) => [JSON.stringify(name), value] as const) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  const known = fc.tuple(...Object.entries(valid).map(member));
  const others = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(nameText, jsonText), { maxLength: 3 }) },
  );
  const object = fc.tuple(known, others).map(([members, more]) => {
    const written = [...members.filter((one) => one !== undefined), ...more];
    return `{${written.map(([name, value]) => `${name}:${value}`).join(',')}}`;
  });
  return fc.oneof(
    { weight: 8, arbitrary: object },
    { weight: 2, arbitrary: spoilt(object) },
    { weight: 1, arbitrary: jsonText },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

/** A query with parameters of these names and of others, percent-encoded or nearly so. */
export function queryText(names: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.constantFrom(...nastyStrings, '30,60,90', '90,60', '1,2,3,4,5', '30,', '0', '100000', '100001'),
    fc.string({ maxLength: 60 }),
    fc.array(fc.integer(), { maxLength: 25 }).map((numbers) => numbers.join(',')),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  );
  const encoded = fc.oneof(
    { weight: 5, arbitrary: value.map((text) => encodeURIComponent(text.toWellFormed())) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%zz', '%00', '%ff', '%c0%af', '[]', '&&', '=', '#', '+') },
  );
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('known_at', 'As_Of', 'as_of[]', 'as_of.x', '__proto__', '%00', ''),
    },
  );
  return fc
    .array(fc.tuple(name, encoded), { maxLength: 4 })
    .map((pairs) => pairs.map(([left, right]) => `${left}=${right}`).join('&'));
}

/** A path segment for an id: of some text, percent-encoded or nearly so. */
export const idText: fc.Arbitrary<string> = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(
    '%',
    '%zz',
    '%2',
    '%ff',
    '%00',
    '%2F',
    '%2e%2e',
    '..',
    '.',
    '*',
    ':id',
    '{id}',
    '__proto__',
  ),
  fc.nat(8000).map((length) => 'x'.repeat(length)),
);

const limitBytes = 1_048_576;

/** Texts of up to 1 MiB by what is special about them; `member` is one that the address takes. */
export function largeBodies(member: string): Readonly<Record<string, string | Uint8Array>> {
  const name = JSON.stringify(member);
  const inside = (value: string) => `{${name}:${value}}`;
  const filled = (piece: string, bytes = limitBytes - 100) => piece.repeat(Math.floor(bytes / piece.length));
  const nested = (depth: number, core = '') => '['.repeat(depth) + core + ']'.repeat(depth);
  const digits = filled('7');
  const members = Array.from({ length: 50_000 }, (_, index) => `"member${index}":${index}`).join(',');
  return {
    'nesting that never closes': '['.repeat(limitBytes),
    'objects that never close': filled('{"a":'),
    'nesting of half a million': inside(nested(500_000)),
    'nesting of half a million around a long number': inside(nested(500_000, '1234567890123456789')),
    'nesting of 15,000, small enough for the event loop': inside(nested(15_000)),
    'nesting of 15,000 around a long number': inside(nested(15_000, '1234567890123456789')),
    'nested objects': inside(`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`),
    'a number of a million digits': inside(digits),
    'a fraction of a million digits': inside(`0.${digits}`),
    'an exponent of a million digits': inside(`1e${digits}`),
    'a negative exponent of a million digits': inside(`1e-${digits}`),
    'a text of a million digits': inside(`"${digits}"`),
    'a text of a million zeros and a digit': inside(`"${filled('0')}1"`),
    'a text of spaces': inside(`"${filled(' ')}"`),
    'a text of escapes': inside(`"${filled('\\u0000')}"`),
    'a text of half surrogate pairs': inside(`"${filled('\\ud800')}"`),
    'a text like a date': inside(`"2017-08-05T00:00:00.${digits}Z"`),
    'a list of numbers': inside(`[${filled('1,')}1]`),
    'a list of long numbers': inside(`[${filled('12345678901234567890,')}1]`),
    'many members': `{${members}}`,
    'many members of one name': `{${filled(`${name}:1,`)}${name}:2}`,
    'a name of a million letters': `{"${filled('n')}":1}`,
    'a name of half surrogate pairs': `{"${filled('\\ud800')}":1}`,
    'spaces alone': ' '.repeat(limitBytes),
    'bytes that are no UTF-8': new Uint8Array(limitBytes).fill(0xff),
    'zero bytes': new Uint8Array(limitBytes),
  };
}
