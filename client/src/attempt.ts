// How one attempt to send something ended.

/** An answer, read whole, so that a connection that breaks within it counts as a failure of its attempt; or a file's head. */
export interface Answered {
  readonly kind: 'answered';
  /** 0 where a browser hides a redirect. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What a body of JSON says; undefined where it is none. */
  readonly json: unknown;
  /** Of a file, which its caller reads. */
  readonly file?: ReadableStream<Uint8Array>;
}

export type WhyUnanswered = 'network-failure' | 'timed-out' | 'aborted';

export interface Unanswered {
  readonly kind: 'unanswered';
  readonly why: WhyUnanswered;
  readonly cause: unknown;
  /** Whether it is certain that nothing was sent. */
  readonly unsent: boolean;
}

/** How one attempt ended. */
export type Attempt = Answered | Unanswered;
