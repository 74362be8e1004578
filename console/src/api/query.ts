// What every question shares.

/** The two dates of a question; without known_at: everything known now. */
export interface Dates {
  readonly as_of?: string | undefined;
  readonly known_at?: string | undefined;
}

type Given<T> = { [Name in keyof T]: Exclude<T[Name], undefined> };

/** Members that are undefined are left out, as the client wants it. */
export function given<T extends object>(members: T): Given<T> {
  const those = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(those) as Given<T>;
}
