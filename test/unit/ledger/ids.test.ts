// Ids of records: UUIDs of version 7 in their canonical form, never twice the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../../src/ledger/ids.ts';

test('an id is a UUID of version 7 in lower case', () => {
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('no id comes twice', () => {
  const ids = Array.from({ length: 10_000 }, newId);
  assert.equal(new Set(ids).size, ids.length);
});
