// What the address of the page says.

export interface RecordSearch {
  readonly view?: 'loan' | 'month' | undefined;
  readonly month?: string | undefined;
  /** Whether what fell due before the month is listed too. */
  readonly overdue?: 'too' | undefined;
  readonly after?: string | undefined;
}
