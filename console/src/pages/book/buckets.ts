// How the buckets of ageing are called.

export function bucketName({ days_from, days_to }: { days_from: number; days_to: number | null }): string {
  if (days_to === 0) return 'Current';
  return days_to === null ? `Over ${days_from - 1} days` : `${days_from}–${days_to} days`;
}
