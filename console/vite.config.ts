// How the console is built: one page whose addresses are relative, so that it lies under any path, and each file also as
// gzip and Brotli, so that serving costs no compression. Nothing is inlined that the page's policy would refuse.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSED = /\.(?:js|css|svg|json)$/;
const root = import.meta.dirname;

/** Beside each file of the build its compressed forms; a file that is small already gets none. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const directory = join(root, 'dist/assets');
      for (const name of readdirSync(directory).filter((file) => COMPRESSED.test(file))) {
        const content = readFileSync(join(directory, name));
        const hint = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
        for (const [end, bytes] of [
          ['br', brotliCompressSync(content, hint)],
          ['gz', gzipSync(content, { level: 9 })],
        ] as const) {
          writeFileSync(join(directory, `${name}.${end}`), bytes);
        }
      }
    },
  };
}

export default defineConfig({
  root,
  base: './',
  plugins: [react(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
});
