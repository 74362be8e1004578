// The method and the address of a request for an operation, and the address itself written in other ways.

import { fc } from '../support/properties.ts';
import { type Draft, oftener } from './drafts.ts';
import type { Operation, Parameter } from './operations.ts';
import { pathDraft, type Target } from './path-drafts.ts';
import { otherQuery, queryOf, validPairs } from './query-drafts.ts';

/** Other ways to write an address, and addresses that are hardly any. */
const REWRITTEN: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.toUpperCase(),
  (path) => path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replaceAll('/', '%2F'),
  (path) => path.replaceAll('/', '%252f'),
  (path) => `http://example.com${path}`,
  (path) => `/docs/static/..${path}`,
  (path) => `${path}/..;/..`,
  (path) => `/.${path}`,
  (path) => `${path}%00`,
  (path) => `${path}%ff`,
  (path) => `${path}%`,
  (path) => `${path};version=2`,
  (path) => `${path}#fragment`,
  (path) => `${path}.json`,
  (path) => path.replaceAll('/', '\\'),
  (path) => path.slice(0, -1),
  (path) => `${path}${'/x'.repeat(500)}`,
  (path) => `${path}/${'x'.repeat(10_000)}`,
  () => '*',
  () => '/',
];

function addressOf(path: Draft<Target>, query: Draft<string>): Draft<Target> {
  return (moment) => {
    const target = path(moment);
    const text = query({ ...moment, facts: target.thing?.facts ?? {} });
    return text === '' ? target : { ...target, path: `${target.path}?${text}` };
  };
}

function inQuery({ parameters }: Operation): Parameter[] {
  return parameters.filter((parameter) => parameter.in === 'query');
}

export function validTarget(operation: Operation): fc.Arbitrary<Draft<Target>> {
  return fc
    .tuple(pathDraft(operation, 'valid'), validPairs(inQuery(operation)))
    .map(([path, pairs]) => addressOf(path, queryOf(pairs)));
}

export function otherTarget(operation: Operation): fc.Arbitrary<Draft<Target>> {
  const rewritten = oftener([12, fc.constant((path: string) => path)], [1, fc.constantFrom(...REWRITTEN)]);
  return fc
    .tuple(pathDraft(operation, 'any'), otherQuery(inQuery(operation)), rewritten)
    .map(([path, query, rewrite]) =>
      addressOf((moment) => {
        const target = path(moment);
        return { ...target, path: rewrite(target.path) };
      }, query),
    );
}

/** The operation's method, seldom another, hardly ever none. */
export function otherMethod({ method }: Operation): fc.Arbitrary<string> {
  return oftener(
    [20, fc.constant(method)],
    [
      2,
      fc.constantFrom(
        'HEAD',
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'QUERY',
        'PROPFIND',
      ),
    ],
    [1, fc.constantFrom('CONNECT', 'PRI', 'get', 'G3T', '', 'POST\u0000', 'X'.repeat(300))],
  );
}
