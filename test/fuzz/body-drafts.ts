// Bodies for an operation: of the form that its schema takes, of almost that form, and of none; as bytes, since some are
// no text at all.

import { gzipSync } from 'node:zlib';
import { fc } from '../support/properties.ts';
import { bodyText, largeBodies } from '../support/wild-requests.ts';
import { type Draft, fixed, mapped, oftener } from './drafts.ts';
import { nearText, wildText } from './near-values.ts';
import type { Operation, Schema } from './operations.ts';
import { type Member, objectOf, validMembers, validText } from './valid-values.ts';

export type BodyDraft = Draft<Buffer>;

const NOTHING: BodyDraft = fixed(Buffer.alloc(0));

function asBytes(draft: Draft<string>): BodyDraft {
  return mapped(draft, (text) => Buffer.from(text));
}

function objectBytes(members: readonly Member[]): BodyDraft {
  return (moment) => Buffer.from(objectOf(members, moment));
}

/** A member that was not asked for, or a second one of a name. */
function extraMember(names: readonly string[]): fc.Arbitrary<Member> {
  const name = oftener(
    [2, fc.constantFrom(...names, 'id')],
    [1, fc.constantFrom('__proto__', 'constructor', 'toJSON', '', 'a/b~c', '\u0000', '\ud800')],
    [1, fc.string({ unit: 'binary', maxLength: 20 })],
  );
  return fc.tuple(name, wildText);
}

/** Valid but for one member, which is nearly valid, wild, missing, there twice, or not asked for. */
function nearlyValid(schema: Schema): fc.Arbitrary<BodyDraft> {
  const { properties = {} } = schema;
  const names = Object.keys(properties);
  const wrong = fc.oneof(
    ...Object.entries(properties).map(([name, inner]) =>
      oftener([4, nearText(name, inner)], [1, wildText], [1, fc.constant(undefined)]).map(
        (draft): Member => [name, draft],
      ),
    ),
    extraMember(names),
  );
  const change = fc.constantFrom('in its place', 'in its place', 'in its place', 'before', 'behind');
  return fc.tuple(validMembers(schema), wrong, change).map(([members, one, where]) => {
    if (where === 'before') return objectBytes([one, ...members]);
    if (where === 'behind') return objectBytes([...members, one]);
    const at = members.findIndex(([name]) => name === one[0]);
    return objectBytes(at === -1 ? [...members, one] : members.with(at, one));
  });
}

function everyMemberWild({ properties = {} }: Schema): fc.Arbitrary<BodyDraft> {
  const members = Object.entries(properties).map(([name, inner]) =>
    oftener([1, nearText(name, inner)], [1, wildText]).map((draft): Member => [name, draft]),
  );
  return fc.tuple(...members).map(objectBytes);
}

/** Members with a text for each, as the schema itself suggests them. */
function suggestedTexts({ properties = {} }: Schema): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { examples, anyOf }]) => {
      const value = examples?.[0] ?? anyOf?.[0]?.examples?.[0] ?? anyOf?.[0]?.enum?.[0] ?? 1;
      return [name, JSON.stringify(value)];
    }),
  );
}

/** Bytes into which a body is put before it is sent, so that they are JSON no more, or not as it is asked for. */
const SPOILT: readonly ((body: Buffer) => Buffer)[] = [
  (body) => Buffer.concat([Buffer.from('\ufeff'), body]),
  (body) => Buffer.from(body.toString('utf8'), 'utf16le'),
  (body) => gzipSync(body),
  (body) => body.subarray(0, body.length - 1),
  (body) => Buffer.concat([body, body]),
  (body) => Buffer.concat([body, Buffer.from([0])]),
  (body) => Buffer.concat([Buffer.from([0xff, 0xfe]), body]),
  (body) => Buffer.concat([body.subarray(0, -1), Buffer.from([0xc0, 0xaf, 0x7d])]),
  (body) => Buffer.from(body.map((byte, index) => (index === body.length >> 1 ? byte ^ 0x80 : byte))),
  (body) => Buffer.concat([Buffer.from(' \t\r\n'.repeat(1_000)), body]),
  (body) => Buffer.from(`)]}',\n${body}`),
];

/** The largest body that is read, and one byte more. */
const LIMITS = [1_048_576, 1_048_577];

/** Seldom: they take long. */
function largeBody({ properties = {} }: Schema): fc.Arbitrary<BodyDraft> {
  const names = ['anything', ...Object.keys(properties)];
  const kinds = Object.keys(largeBodies('x'));
  return oftener(
    [
      6,
      fc.tuple(fc.constantFrom(...names), fc.constantFrom(...kinds)).map(
        ([name, kind]) =>
          () =>
            Buffer.from(largeBodies(name)[kind] ?? ''),
      ),
    ],
    [
      1,
      fc.constantFrom(...LIMITS).map(
        (bytes): BodyDraft =>
          () =>
            Buffer.from(JSON.stringify(suggestedTexts({ properties })).padEnd(bytes)),
      ),
    ],
  );
}

function withoutSchema(): fc.Arbitrary<BodyDraft> {
  return oftener(
    [12, fc.constant(NOTHING)],
    [2, fc.constant(fixed(Buffer.from('{}')))],
    [1, wildText.map(asBytes)],
    [1, fc.uint8Array({ maxLength: 300 }).map((bytes) => fixed(Buffer.from(bytes)))],
  );
}

/** A file as the document shows one, with its last line again and again. */
function validFile({ examples }: Schema): fc.Arbitrary<Buffer> {
  const text = String(examples?.[0] ?? '');
  const lastLine = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
  return fc.nat({ max: 40 }).map((times) => Buffer.from(text + lastLine.repeat(times)));
}

/** A file of which some bytes are others, that breaks off, or that never was one. */
function otherFile(schema: Schema): fc.Arbitrary<BodyDraft> {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some));
  const spoilt = fc.tuple(validFile(schema), fc.constantFrom(...SPOILT)).map(([file, spoil]) => spoil(file));
  const patched = fc.tuple(validFile(schema), fc.nat(), wildText).map(
    ([file, at, wild]): BodyDraft =>
      (moment) =>
        Buffer.concat([
          file.subarray(0, at % (file.length + 1)),
          Buffer.from(wild(moment)),
          file.subarray(at % (file.length + 1)),
        ]),
  );
  return oftener([6, patched], [4, spoilt.map(fixed)], [2, bytes.map(fixed)], [1, fc.constant(NOTHING)]);
}

function isFile({ mediaType }: Operation): boolean {
  return !/json$/.test(mediaType) || mediaType === 'application/x-ndjson';
}

/** Bodies that the operation takes. */
export function validBody(operation: Operation): fc.Arbitrary<BodyDraft> {
  const { body } = operation;
  if (body !== undefined && isFile(operation)) return validFile(body).map(fixed);
  return body === undefined ? fc.constant(NOTHING) : validText('', body).map(asBytes);
}

/** Bodies that it should refuse, mostly. */
export function otherBody(operation: Operation): fc.Arbitrary<BodyDraft> {
  const { body } = operation;
  if (body === undefined) return withoutSchema();
  if (isFile(operation)) return otherFile(body);
  const spoilt = fc
    .tuple(validText('', body).map(asBytes), fc.constantFrom(...SPOILT))
    .map(([draft, spoil]) => mapped(draft, spoil));
  return oftener(
    [40, nearlyValid(body)],
    [8, everyMemberWild(body)],
    [8, bodyText(suggestedTexts(body)).map((text) => asBytes(fixed(text)))],
    [6, spoilt],
    [3, wildText.map(asBytes)],
    [2, fc.constant(NOTHING)],
    [2, fc.uint8Array({ maxLength: 300 }).map((bytes) => fixed(Buffer.from(bytes)))],
    [1, largeBody(body)],
  );
}
