// The query of a request: parameters that are valid, nearly valid and wild.

import { fc } from '../support/properties.ts';
import { queryText } from '../support/wild-requests.ts';
import { type Draft, oftener } from './drafts.ts';
import { nearText, wildText } from './near-values.ts';
import type { Parameter } from './operations.ts';
import { type Member, saidBy, validMember } from './valid-values.ts';

/** What a JSON text says, as a parameter is written. */
function encoded(text: string): string {
  return encodeURIComponent(saidBy(text).toWellFormed());
}

/** Parameters as a query. */
export function queryOf(pairs: readonly Member[]): Draft<string> {
  return (moment) =>
    pairs
      .flatMap(([name, draft]) =>
        draft === undefined ? [] : [`${encodeURIComponent(name)}=${encoded(draft(moment))}`],
      )
      .join('&');
}

export function validPairs(parameters: readonly Parameter[]): fc.Arbitrary<Member[]> {
  return fc.tuple(...parameters.map(({ name, schema, isRequired }) => validMember(name, schema, isRequired)));
}

/** A query of which one parameter is wrong, or all. */
export function otherQuery(parameters: readonly Parameter[]): fc.Arbitrary<Draft<string>> {
  const wrong = fc.oneof(
    ...parameters.map(({ name, schema }) =>
      oftener([3, nearText(name, schema)], [1, wildText], [1, fc.constant(undefined)]).map(
        (draft): Member => [name, draft],
      ),
    ),
    wildText.map((draft): Member => ['unasked', draft]),
  );
  const oneWrong = fc.tuple(validPairs(parameters), wrong, fc.boolean()).map(([pairs, one, twice]) => {
    const others = twice ? pairs : pairs.filter(([name]) => name !== one[0]);
    return queryOf([...others, one]);
  });
  const names = parameters.map(({ name }) => name);
  const wild = queryText(names.length === 0 ? ['unasked'] : names).map(
    (text): Draft<string> =>
      () =>
        text,
  );
  return oftener([5, oneWrong], [2, wild]);
}
