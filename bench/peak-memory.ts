// Loaded into a program before it starts (node --import): at its end, writes the most memory that its process held, in
// KiB, to a file.

import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['PEAK_MEMORY_FILE'];
if (file !== undefined && isMainThread) {
  process.once('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
}
