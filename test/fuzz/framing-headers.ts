// Headers that say where a message ends, or what becomes of its connection.

import type { Header } from './header-values.ts';

/** What a server makes of them is not foretold. */
export const FRAMING: readonly Header[] = [
  ['Expect', '100-continue'],
  ['Expect', 'wonders'],
  ['Connection', 'close'],
  ['Connection', 'Upgrade'],
  ['Connection', 'keep-alive, x-request-id'],
  ['Upgrade', 'websocket'],
  ['Upgrade', 'h2c'],
  ['HTTP2-Settings', 'AAMAAABkAAQCAAAAAAIAAAAA'],
  ['Transfer-Encoding', 'chunked'],
  ['Transfer-Encoding', 'gzip, chunked'],
  ['Transfer-Encoding', 'identity'],
  ['Transfer-Encoding', '\u000bchunked'],
  ['Content-Length', '0'],
  ['Content-Length', '1'],
  ['Content-Length', '+2'],
  ['Content-Length', '2, 2'],
  ['Content-Length', '-1'],
  ['Content-Length', '0x2'],
  ['Content-Length', '18446744073709551616'],
  ['Keep-Alive', 'timeout=0'],
  ['TE', 'trailers'],
  ['Trailer', 'X-Request-Id'],
  ['Host', ''],
  ['Host', 'evil.example'],
  ['Host', 'a b'],
  ['Host', '[::1'],
  ['No colon', 'x'],
  ['', 'x'],
  ['X-Folded', 'a\r\n b'],
  ['X-Split', 'a\r\nX-Injected: b'],
];

/** Whether a header can change where a message ends, or what its connection becomes. */
export function isFraming([name]: Header): boolean {
  return FRAMING.some(([other]) => other.toLowerCase() === name.toLowerCase());
}
