// Colours, on terminals only: Node leaves them out elsewhere, and where NO_COLOR is set.

import { styleText } from 'node:util';

type Stream = NodeJS.WriteStream;

export function good(text: string, stream: Stream = process.stdout): string {
  return styleText('green', text, { stream });
}

export function bad(text: string, stream: Stream = process.stdout): string {
  return styleText('red', text, { stream });
}

const bold = (text: string) => styleText('bold', text, { validateStream: false });

/** For help texts, from which the commander library itself takes colours where the terminal has none. */
export const HELP_STYLE = {
  styleTitle: bold,
  styleCommandText: bold,
};
