// Ids between their text and their 16 bytes: only the canonical form is an id.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../../../src/ledger/ids.ts';
import { idBytes, idText } from '../../../../src/store/sqlite/loan-rows.ts';
import { fc } from '../../../support/properties.ts';

test('any 16 bytes come back from their text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const text = idText(Buffer.from(bytes));
      assert.deepEqual(idBytes(text), Buffer.from(bytes));
    }),
  );
});

test('any id comes back from its bytes', () => {
  for (let index = 0; index < 100; index++) {
    const id = newId();
    assert.equal(idText(idBytes(id) as Buffer), id);
  }
});

test('what is not in the canonical form is no id', () => {
  const id = '019b2c1e-5d0a-7c3f-8a51-2f6d0c9e4b7a';
  assert.notEqual(idBytes(id), undefined);
  const others = ['', id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, `${id} `, ` ${id}`, `${id}\n`];
  others.push(
    id.slice(1),
    `${id}0`,
    `g${id.slice(1)}`,
    '1',
    '00000000-0000-0000-0000-00000000000',
    `urn:uuid:${id}`,
  );
  for (const text of others) assert.equal(idBytes(text), undefined, JSON.stringify(text));
});
