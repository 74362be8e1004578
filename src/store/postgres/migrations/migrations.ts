// All migrations of the PostgreSQL engine by name, in order. A migration that has landed is never edited.

import type { Migration } from 'kysely/migration';
import * as loansPaymentsBook from './0001-loans-payments-book.ts';
import * as access from './0002-access.ts';
import * as hashChain from './0003-hash-chain.ts';
import * as bookLog from './0004-book-log.ts';
import * as imports from './0005-imports.ts';

export const MIGRATIONS: Record<string, Migration> = {
  '0001-loans-payments-book': loansPaymentsBook,
  '0002-access': access,
  '0003-hash-chain': hashChain,
  '0004-book-log': bookLog,
  '0005-imports': imports,
};
