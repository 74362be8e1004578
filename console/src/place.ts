// Where the console and James lie: the page's <base> is /app/ under whatever path, and James is one step above it.

const base = new URL(document.baseURI);

/** The path of the console, with a slash at its end: `/app/`, `/bank/james/app/`. */
export const CONSOLE_PATH = base.pathname;

/** Where James answers, without a slash at its end. */
export const JAMES_URL = new URL('..', base).href.replace(/\/$/, '');

function told(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

/** What styles made in the page must carry (its Content-Security-Policy). */
export const STYLE_NONCE = told('style-nonce');

/** The key that development mode accepts; empty in production. */
export const DEVELOPMENT_KEY = told('development-key');
