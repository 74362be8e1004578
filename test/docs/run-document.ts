// Does what a document says, block by block, and compares what it shows.

import assert from 'node:assert/strict';
import { relative } from 'node:path';
import type { TestEngine } from '../support/engines.ts';
import { projectRoot } from '../support/service.ts';
import { type Block, readDocument } from './document.ts';
import { type BlockResult, Reader } from './reader.ts';
import { ShownOutput } from './shown-output.ts';

function assertEnded(block: Block, { code, stdout, stderr }: BlockResult): void {
  const told = `ended with ${code}\n${stdout}${stderr}`;
  if (block.part === 'run refused') assert.notEqual(code, 0, `was not refused: ${told}`);
  else assert.equal(code, 0, told);
}

/** Runs a document from its beginning on a database of its own; rejects with the place that is not true. */
export async function runDocument(file: string, engine: TestEngine): Promise<void> {
  const document = readDocument(file);
  await using reader = await Reader.on(engine);
  const shown = new ShownOutput(document.today, new Date().toISOString().slice(0, 10));
  let written: BlockResult | undefined;
  for (const block of document.blocks) {
    try {
      written = await doBlock(block, reader, shown, written);
    } catch (error) {
      const place = `${relative(projectRoot, file)}:${block.line}`;
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${place}, on ${engine.name}: ${why}`, { cause: error });
    }
  }
}

/** Programs between the shell and James (npm, npx) may have said something before to standard error. */
function compareOutput(block: Block, shown: ShownOutput, { stdout, stderr }: BlockResult): void {
  if (block.part === 'errors') {
    const lines = block.text.split('\n').length;
    shown.compareText(block.text, stderr.trimEnd().split('\n').slice(-lines).join('\n'));
  } else if (block.language === 'json') {
    shown.compareJson(block.text, stdout);
  } else {
    shown.compareText(block.text, stdout);
  }
}

async function doBlock(
  block: Block,
  reader: Reader,
  shown: ShownOutput,
  written: BlockResult | undefined,
): Promise<BlockResult | undefined> {
  switch (block.part) {
    case 'serve':
      await reader.serve(shown.real(block.text));
      return undefined;
    case 'run':
    case 'run refused': {
      const result = await reader.run(shown.real(block.text));
      assertEnded(block, result);
      return result;
    }
    case 'output':
    case 'errors':
      assert.ok(written !== undefined, 'no block was run whose output this could be');
      compareOutput(block, shown, written);
      return written;
    case 'not run':
      return written;
    case undefined:
      throw new Error('the block neither says its part nor why it is not run');
  }
}
