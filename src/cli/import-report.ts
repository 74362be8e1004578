// What `james import` says when it has ended: in words, or as JSON.

import type { FileCounts } from '../import/import-file.ts';

export interface ImportReport {
  readonly kind: string;
  readonly file: string;
  readonly counts: FileCounts;
  /** Where the rejects are; null where there are none. */
  readonly rejectsFile: string | null;
  readonly seconds: number;
  readonly isInterrupted: boolean;
  readonly isDryRun: boolean;
  readonly json: boolean;
}

export function reportImport(report: ImportReport): void {
  const { kind, file, counts, rejectsFile, seconds, isInterrupted, isDryRun } = report;
  const rate = Math.round(counts.read / Math.max(seconds, 0.001));
  if (report.json) {
    const figures = { seconds: Number(seconds.toFixed(3)), rows_per_second: rate };
    const result = {
      kind,
      file,
      ...counts,
      rejects_file: rejectsFile,
      interrupted: isInterrupted,
      ...figures,
    };
    console.log(JSON.stringify(isDryRun ? { ...result, dry_run: true } : result));
    return;
  }
  console.log(
    `${kind}: ${counts.read} rows read in ${seconds.toFixed(1)} s (${rate} rows/s): ` +
      `${counts.accepted} accepted, ${counts.skipped} skipped (recorded before), ${counts.rejected} rejected`,
  );
  if (isDryRun) console.log('this was a dry run: nothing is booked');
  if (rejectsFile !== null) {
    console.log(`rejected rows are in ${rejectsFile}; correct them there and import that file`);
  }
  if (isInterrupted) console.log('interrupted; run the same command again to go on: nothing is booked twice');
}
