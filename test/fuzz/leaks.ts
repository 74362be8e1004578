// What no answer and no line of the log may say: how the program is made, what it asks of its database, and secrets. No
// request of these tests holds any of it, so wherever it stands, James has told it.

import { projectRoot } from '../support/service.ts';

const INNARDS: readonly RegExp[] = [
  // Stacks, and files of the program.
  /\bat (?:async )?[\w.#<>]+ \(|\bat file:|node_modules|node:internal|\b[\w-]+\.[tj]s:\d/,
  // Statements, and what databases say of them.
  /\b(?:SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE|ON CONFLICT)\b/,
  /SQLITE_|better-sqlite3|kysely|pg_catalog|sqlstate/i,
  /syntax error at|violates [\w-]+ constraint|invalid byte sequence|invalid input syntax|out of range for type|constraint failed/i,
];

/** The first of these that a text holds, or undefined. */
export function leakIn(text: string, secrets: readonly string[]): string | undefined {
  if (text.includes(projectRoot)) return 'a path of the program';
  const secret = secrets.find((one) => text.includes(one));
  if (secret !== undefined) return `a secret, ${secret.slice(0, 6)}…`;
  for (const innards of INNARDS) {
    const found = innards.exec(text)?.[0];
    if (found !== undefined) return JSON.stringify(found);
  }
  return undefined;
}
