// Where a bank's database is: a file of the embedded engine, or a PostgreSQL server.

export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres'; readonly url: string };

/** An address for people and logs: without the password, which ends at the last @ before the path. */
export function addressText(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.file;
  return address.url.replace(/^([^/]*\/\/[^:@/]*):[^/?]*@/, '$1@').replace(/([?&]password=)[^&]*/g, '$1***');
}
