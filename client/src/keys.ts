// API keys, for admins. These writes carry no Idempotency-Key: a secret is shown once, so they are sent again only where
// James surely did not look at them.

import type { Call, Called } from './calls.ts';
import type { Body, Query } from './contract.ts';
import { itemsOf } from './pages.ts';
import type { CallOptions } from './settings.ts';
import type { ApiKey, NewApiKey } from './shapes.ts';

export interface Keys {
  /** Makes a key; its secret is in the answer, and nowhere else. */
  create(key: NewApiKey, options?: CallOptions): Called<'createKey'>;
  get(name: string, options?: CallOptions): Called<'getKey'>;
  list(page?: Query<'listKeys'>, options?: CallOptions): Called<'listKeys'>;
  /** All of them. Throws a JamesError where a page can't be had. */
  each(page?: Query<'listKeys'>, options?: CallOptions): AsyncGenerator<ApiKey, void, undefined>;
  /** Gives a key another secret; the old one opens for a while, where that is asked for. */
  rotate(name: string, rotation?: Body<'rotateKey'>, options?: CallOptions): Called<'rotateKey'>;
  revoke(name: string, options?: CallOptions): Called<'revokeKey'>;
}

export function keysOf(call: Call): Keys {
  const list: Keys['list'] = (query = {}, options) => call('get', '/v1/keys', { params: { query } }, options);
  return {
    create: (key, options) => call('post', '/v1/keys', { body: key }, options),
    get: (name, options) => call('get', '/v1/keys/{name}', { params: { path: { name } } }, options),
    list,
    each: (page = {}, options) =>
      itemsOf((after) => list(after === undefined ? page : { ...page, after }, options)),
    rotate: (name, rotation = {}, options) =>
      call('post', '/v1/keys/{name}/rotation', { params: { path: { name } }, body: rotation }, options),
    revoke: (name, options) =>
      call('post', '/v1/keys/{name}/revocation', { params: { path: { name } } }, options),
  };
}
