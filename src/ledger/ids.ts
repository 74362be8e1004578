// Ids of records: UUID version 7 (RFC 9562), so that new rows stand together on disk.

import { randomUUIDv7 } from 'node:crypto';
import type { RecordId } from '../store/store.ts';

/** A fresh id. */
export function newId(): RecordId {
  return randomUUIDv7();
}
