// Headers that every answer carries, so that no browser makes more of it than it is. (After the OWASP Secure Headers
// Project; as constants, since nothing of them depends on the request.)

const BASE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cache-control': 'no-store',
} as const;

const YEAR_SECONDS = 31_536_000;

/** What an answer over HTTP, or HTTPS, begins with; a route may say otherwise. */
export const SECURITY_HEADERS = {
  http: BASE,
  https: { ...BASE, 'strict-transport-security': `max-age=${YEAR_SECONDS}` },
} as const;
