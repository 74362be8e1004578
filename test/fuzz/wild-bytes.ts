// Bytes that are no request that HTTP allows, or hardly: heads and bodies that contradict one another, absurd request lines,
// and how clients of other protocols begin. Addresses in them stand for any other.

const HEAD = 'POST /loans HTTP/1.1\r\nHost: x\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;

/** Heads and bodies that contradict one another, or that no server should take. */
export const LIES: readonly string[] = [
  `${HEAD}Content-Length: 1000\r\n\r\n{}`,
  `${HEAD}Content-Length: 1\r\n\r\n{}`,
  `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
  `${HEAD}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
  `${CHUNKED}zz\r\n{}\r\n0\r\n\r\n`,
  `${CHUNKED}3\r\n{}\r\n0\r\n\r\n`,
  `${CHUNKED}1\r\n{}\r\n0\r\n\r\n`,
  `${CHUNKED}ffffffffffffffff\r\n{}`,
  `${CHUNKED}-1\r\n{}\r\n0\r\n\r\n`,
  `${CHUNKED}2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  `${CHUNKED}2\r\n{}\r\n0\r\n${'X-Trailer: x\r\n'.repeat(2_000)}\r\n`,
  `${CHUNKED}2\n{}\n0\n\n`,
  `${HEAD}X-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
  `${HEAD}${'X: 1\r\n'.repeat(5_000)}\r\n`,
  `${HEAD}Authorization\u0000: x\r\n\r\n`,
  `${HEAD} folded: x\r\n\r\n`,
  `${HEAD}X: a\nInjected: b\r\n\r\n`,
  'POST /loans HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}',
  'POST /loans HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 2\r\n\r\n{}',
  'POST /loans HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
  'POST /loans HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
];

export const LINES: readonly string[] = [
  'GET',
  'GET /healthz',
  'GET  /healthz HTTP/1.1',
  'GET /healthz HTTP/9.9',
  'GET /healthz HTTP/0.9',
  'GET /healthz HTTP/1.1 HTTP/1.1',
  'GET /healthz http/1.1',
  'GET \u0000 HTTP/1.1',
  'GET /\u00e9\u00ff HTTP/1.1',
  'GET healthz HTTP/1.1',
  'GET //// HTTP/1.1',
  'GET /../../../../etc/passwd HTTP/1.1',
  'GET /docs/static/..%2f..%2f..%2fpackage.json HTTP/1.1',
  'GET /docs/static/%2e%2e/%2e%2e/package.json HTTP/1.1',
  'GET http:// HTTP/1.1',
  'GET https://[::1]:99999/healthz HTTP/1.1',
  'GET ?as_of=1 HTTP/1.1',
  'GET # HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'CONNECT example.com:443 HTTP/1.1',
  'PRI * HTTP/2.0',
  'M-SEARCH * HTTP/1.1',
  `GET /${'x'.repeat(100_000)} HTTP/1.1`,
  `${'X'.repeat(100_000)} / HTTP/1.1`,
  `GET /v1/loans?${'after=x&'.repeat(1_500)} HTTP/1.1`,
];

/** How clients of other protocols begin. */
export const OTHER_PROTOCOLS: readonly string[] = [
  // TLS 1.2 and SSL 2 hellos.
  `\u0016\u0003\u0001\u0000\u00c4\u0001\u0000\u0000\u00c0\u0003\u0003${'\u00a5'.repeat(190)}`,
  '\u0080\u002e\u0001\u0000\u0002\u0000\u0015\u0000\u0000\u0000\u0010',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000',
  'SSH-2.0-OpenSSH_9.6\r\n',
  'EHLO bank.example\r\n',
  '*1\r\n$4\r\nPING\r\n',
  '\u0000\u0000\u0000\u0008\u0004\u00d2\u0016\u002f',
  'PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  '',
];
