// What bringing a database to the current schema did.

export interface SchemaChange {
  /** Names of the migrations that ran just now. */
  readonly migrated: readonly string[];
}
