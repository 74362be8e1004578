// Ids of what is recorded.

/** A UUID version 7 in its canonical form: lower case, with hyphens. */
export type RecordId = string;
