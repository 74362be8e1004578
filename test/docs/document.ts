// Reads a Markdown document as GitHub does: its code blocks with what a reader is to do with them, its links and its
// anchors. It runs nothing.
//
// A code block says its part after its language, where GitHub shows nothing of it:
//
//   ```sh run            is run; it must succeed
//   ```sh run refused    is run; its last command must fail (an exit code other than 0; curl: a status of 400 or more)
//   ```sh serve          starts a server, in place of the one before, and waits until it listens
//   ```text output       is what the block before wrote
//   ```json output       the same, compared as JSON
//   ```text errors       is what it wrote last to standard error
//
// A comment <!-- not run: reason --> stands before a block that is none of these.

import { readFileSync } from 'node:fs';
import GithubSlugger from 'github-slugger';
import type { Code, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export type Part = 'run' | 'run refused' | 'serve' | 'output' | 'errors' | 'not run';

export interface Block {
  readonly part: Part | undefined;
  /** `sh`, `json`, `text`; empty where none is named. */
  readonly language: string;
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** What the document says before the block of why it is not run. */
  readonly reason: string | undefined;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

export interface MarkdownDocument {
  /** The day on which its outputs were written, where it says so in a comment: <!-- today: 2026-11-25 -->. */
  readonly today: string | undefined;
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  /** As GitHub names the headings. */
  readonly anchors: ReadonlySet<string>;
}

const PARTS: readonly Part[] = ['run', 'run refused', 'serve', 'output', 'errors'];

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 0;
}

/** What a node shows as text, without its marks. */
function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

function everyNode(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(everyNode)] : [node];
}

function blockOf(code: Code, before: Nodes | undefined): Block {
  const comment = before?.type === 'html' ? /^<!-- not run: (.+?) -->$/s.exec(before.value) : null;
  const reason = comment?.[1];
  const told = (code.meta ?? '').trim();
  const part = reason === undefined ? PARTS.find((one) => one === told) : told === '' ? 'not run' : undefined;
  return { part, language: code.lang ?? '', text: code.value, line: lineOf(code), reason };
}

function blocksIn(node: Nodes): Block[] {
  if (!('children' in node)) return [];
  return node.children.flatMap((child, index) =>
    child.type === 'code' ? [blockOf(child, node.children[index - 1])] : blocksIn(child),
  );
}

export function parseDocument(text: string): MarkdownDocument {
  const root: Root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const nodes = everyNode(root);
  const slugger = new GithubSlugger();
  const headings = nodes.filter((node) => node.type === 'heading');
  return {
    today: /<!-- today: (\d{4}-\d{2}-\d{2}) -->/.exec(text)?.[1],
    blocks: blocksIn(root),
    links: nodes
      .filter((node) => node.type === 'link' || node.type === 'image' || node.type === 'definition')
      .map((node) => ({ target: node.url, line: lineOf(node) })),
    anchors: new Set(headings.map((heading) => slugger.slug(textOf(heading)))),
  };
}

export function readDocument(file: string): MarkdownDocument {
  return parseDocument(readFileSync(file, 'utf8'));
}
