// With what a request comes in: an API key, or a session, whose cookie the browser keeps and whose token must come along
// with whatever is not a GET.

import type { HeaderValues } from './attempts.ts';
import type { Method } from './contract.ts';
import { bearer } from './headers.ts';
import type { KeyOptions } from './settings.ts';

export interface Credentials {
  /** What fetch does about cookies. */
  readonly mode: 'omit' | 'same-origin';
  /** The headers of an attempt, asked for before each. */
  headers(method: Method): Promise<HeaderValues>;
  /** After a change was refused as forbidden: whether it would now be sent with others. */
  renewed(sent: HeaderValues): Promise<boolean>;
}

/** Sends a key, and never a cookie. Throws a TypeError where it is no key. */
export function keyCredentials(apiKey: KeyOptions['apiKey']): Credentials {
  if (typeof apiKey === 'string') bearer(apiKey);
  else if (typeof apiKey !== 'function')
    throw new TypeError('apiKey must be a text, or a function that gives one');
  return {
    mode: 'omit',
    headers: async () => ({
      authorization: bearer(typeof apiKey === 'string' ? apiKey : await apiKey()),
    }),
    renewed: async () => false,
  };
}

/** Sends a key once, and takes the cookie that comes for it. Throws a TypeError where it is no key. */
export function signInCredentials(apiKey: string): Credentials {
  const authorization = bearer(apiKey);
  return { mode: 'same-origin', headers: async () => ({ authorization }), renewed: async () => false };
}

const TOKEN_HEADER = 'x-csrf-token';

/** Sends the session's cookie and token. The token is asked for where it is not known, as after the page was loaded. */
export class SessionCredentials implements Credentials {
  readonly mode = 'same-origin';
  readonly #load: () => Promise<string | undefined>;
  #token: string | undefined;
  #loading: Promise<void> | undefined;

  /** `load` asks for the token of the session that is open; undefined where there is none. */
  constructor(load: () => Promise<string | undefined>) {
    this.#load = load;
  }

  hold(token: string | undefined): void {
    this.#token = token;
  }

  async headers(method: Method): Promise<HeaderValues> {
    if (method === 'get') return {};
    if (this.#token === undefined) await this.#reload();
    return this.#token === undefined ? {} : { [TOKEN_HEADER]: this.#token };
  }

  /** Another page of the same browser may have signed in anew: then this page's token is that of a session that is over. */
  async renewed(sent: HeaderValues): Promise<boolean> {
    if (this.#token === sent[TOKEN_HEADER]) await this.#reload();
    return this.#token !== undefined && this.#token !== sent[TOKEN_HEADER];
  }

  /** Calls that need it at the same time share one question. */
  #reload(): Promise<void> {
    this.#loading ??= this.#load()
      .then((token) => this.hold(token))
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }
}
