// The session of a page: how it begins and ends. The cookie is the browser's affair, the token the client's own.

import { type Called, type Calls, callsOf } from './calls.ts';
import { SessionCredentials, signInCredentials } from './credentials.ts';
import type { CallOptions, Settings } from './settings.ts';

export interface Sessions {
  /** Begins a session with an API key, which is not kept. It is sent once, unless the options say otherwise. */
  signIn(apiKey: string, options?: CallOptions): Called<'signIn'>;
  /** Whose session this is, if there is one. */
  get(options?: CallOptions): Called<'getSession'>;
  signOut(options?: CallOptions): Called<'signOut'>;
  /** Ends all sessions of the key, on every machine. */
  signOutEverywhere(options?: CallOptions): Called<'signOutEverywhere'>;
}

/** The calls of a client within a session, and the session itself. */
export function sessionOf(settings: Settings): { readonly calls: Calls; readonly session: Sessions } {
  const credentials = new SessionCredentials(async () => {
    const answer = await call('get', '/v1/session', {});
    return answer.ok ? answer.data.csrf_token : undefined;
  });
  const calls = callsOf(settings, credentials);
  const { call } = calls;
  const session: Sessions = {
    signIn: async (apiKey, options) => {
      const begin = callsOf(settings, signInCredentials(apiKey));
      const answer = await begin.call('post', '/v1/session', {}, { retry: false, ...options });
      if (answer.ok) credentials.hold(answer.data.csrf_token);
      return answer;
    },
    get: async (options) => {
      const answer = await call('get', '/v1/session', {}, options);
      if (answer.ok) credentials.hold(answer.data.csrf_token);
      return answer;
    },
    signOut: async (options) => {
      const answer = await call('delete', '/v1/session', {}, options);
      if (answer.ok) credentials.hold(undefined);
      return answer;
    },
    signOutEverywhere: async (options) => {
      const answer = await call('delete', '/v1/sessions', {}, options);
      if (answer.ok) credentials.hold(undefined);
      return answer;
    },
  };
  return { calls, session };
}
