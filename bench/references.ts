// The references of the benchmark's loans: a prefix that says where a loan comes from, and its number there, from 1.

export function referenceOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(8, '0')}`;
}
