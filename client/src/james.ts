// The client: all of /v1, one property for each of its resources.

import { type Book, bookOf } from './book.ts';
import { type Call, type Called, type Calls, callsOf } from './calls.ts';
import { keyCredentials } from './credentials.ts';
import { type DemoRuns, demoOf } from './demo.ts';
import { type Exports, exportsOf } from './exports.ts';
import { type Imports, importsOf } from './imports.ts';
import { type Keys, keysOf } from './keys.ts';
import { type Loans, loansOf } from './loans.ts';
import { type Payments, paymentsOf } from './payments.ts';
import { type Sessions, sessionOf } from './sessions.ts';
import {
  type CallOptions,
  type ClientOptions,
  type KeyOptions,
  type SessionOptions,
  settingsOf,
} from './settings.ts';
import type { QuoteTerms } from './shapes.ts';

/** James, for the holder of an API key. Calls never throw for what James or the network did: see Result. */
export interface James {
  readonly loans: Loans;
  readonly payments: Payments;
  readonly book: Book;
  readonly keys: Keys;
  readonly imports: Imports;
  readonly exports: Exports;
  readonly demo: DemoRuns;
  /** What a loan on these terms would cost, with its whole schedule; nothing is recorded. */
  quote(terms: QuoteTerms, options?: CallOptions): Called<'quoteLoan'>;
  /** Whether the process is alive. */
  health(options?: CallOptions): Called<'getHealth'>;
  /** Whether it can serve. */
  readiness(options?: CallOptions): Called<'getReadiness'>;
  /** Any operation by method and path, as the OpenAPI document has it. */
  readonly call: Call;
}

/** James, for a page within a session. */
export interface SessionJames extends James {
  readonly session: Sessions;
}

function jamesOf(calls: Calls): James {
  const { call } = calls;
  return {
    loans: loansOf(call),
    payments: paymentsOf(call),
    book: bookOf(call),
    keys: keysOf(call),
    imports: importsOf(calls),
    exports: exportsOf(calls),
    demo: demoOf(call),
    quote: (terms, options) => call('post', '/v1/quotes', { body: terms }, options),
    health: (options) => call('get', '/healthz', {}, options),
    readiness: (options) => call('get', '/readyz', {}, options),
    call,
  };
}

/** A client. Throws a TypeError that names what is wrong in its options. */
export function createJames(options: SessionOptions): SessionJames;
export function createJames(options: KeyOptions): James;
export function createJames(options: ClientOptions): James | SessionJames {
  const settings = settingsOf(options);
  if (options.session !== true) return jamesOf(callsOf(settings, keyCredentials(options.apiKey)));
  const { calls, session } = sessionOf(settings);
  return { ...jamesOf(calls), session };
}
