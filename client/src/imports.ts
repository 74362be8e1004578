// Files of loans or payments: sent as they are, carried out by James, watched until their end.

import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Called, Calls } from './calls.ts';
import type { ProblemIn, Query } from './contract.ts';
import { itemsOf } from './pages.ts';
import { JamesError, type Result, unwrap } from './result.ts';
import type { CallOptions, WriteOptions } from './settings.ts';
import type { Import } from './shapes.ts';

/** A Blob or File can be sent again after a broken connection; a stream is sent once, and only outside browsers. */
export type FileContent = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface NewImport {
  readonly kind: 'loans' | 'payments';
  /** csv unless given. */
  readonly format?: 'csv' | 'ndjson';
  /** Whether the bytes are gzip's. */
  readonly gzip?: boolean;
  /** Everything is checked, and nothing booked. */
  readonly dryRun?: boolean;
}

export interface Imports {
  /** Sends a file; resolves once all of it is safe with James, which then books its rows. There is no time limit unless given. */
  create(content: FileContent, about: NewImport, options?: WriteOptions): Called<'createImport'>;
  get(id: string, options?: CallOptions): Called<'getImport'>;
  list(page?: Query<'listImports'>, options?: CallOptions): Called<'listImports'>;
  /** All of them, the latest first. Throws a JamesError where a page can't be had. */
  each(page?: Query<'listImports'>, options?: CallOptions): AsyncGenerator<Import, void, undefined>;
  /** Ends it after the rows under way; what is booked stays. */
  cancel(id: string, options?: CallOptions): Called<'cancelImport'>;
  /** Its rejected rows as CSV: line, field, reason, and the row's own columns. */
  rejects(
    id: string,
    options?: CallOptions,
  ): Promise<Result<ReadableStream<Uint8Array>, ProblemIn<'getImportRejects'>>>;
  /**
   * The import as it goes on, and last as it has ended. Goes on after a broken connection; throws a JamesError where James
   * can't be reached any more or refuses.
   */
  watch(id: string, options?: CallOptions): AsyncGenerator<Import, void, undefined>;
}

const MEDIA_TYPES = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
const GZIP = 'application/gzip';

/** After a stream of events that broke off. */
const PAUSE_MS = 1_000;

function streamOf(content: FileContent): Blob | ReadableStream<Uint8Array> {
  if (content instanceof Blob || content instanceof ReadableStream) return content;
  const chunks = content[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

function pause(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((settle) => {
    const timer = setTimeout(settle, PAUSE_MS);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        settle();
      },
      { once: true },
    );
  });
}

export function importsOf({ call, transfer }: Calls): Imports {
  const at = (id: string) => ({ params: { path: { id } } });
  const get: Imports['get'] = (id, options) => call('get', '/v1/imports/{id}', at(id), options);
  const list: Imports['list'] = (query = {}, options) =>
    call('get', '/v1/imports', { params: { query } }, options);

  async function* watch(id: string, options: CallOptions = {}): AsyncGenerator<Import, void, undefined> {
    for (;;) {
      const opened = (await transfer(
        'get',
        '/v1/imports/{id}/events',
        { ...at(id), opensFile: true },
        options,
      )) as Result<ReadableStream<Uint8Array> | undefined>;
      if (!opened.ok) throw new JamesError(opened);
      try {
        const events = opened.data
          ?.pipeThrough(new TextDecoderStream() as never)
          .pipeThrough(new EventSourceParserStream()) as
          | AsyncIterable<{ readonly event?: string; readonly data: string }>
          | undefined;
        for await (const { event, data } of events ?? []) {
          yield JSON.parse(data) as Import;
          if (event === 'end') return;
        }
      } catch (thrown) {
        if (options.signal?.aborted) throw thrown;
      }
      // It broke off, or the server that sent it was stopped: another one knows how far the import is.
      const now = await unwrap(get(id, options));
      yield now;
      if (now.ended_at !== null) return;
      await pause(options.signal);
    }
  }

  return {
    create: (content, { kind, format = 'csv', gzip = false, dryRun = false }, options) =>
      transfer(
        'post',
        '/v1/imports',
        {
          params: { query: { kind, format, dry_run: dryRun } },
          file: { content: streamOf(content), mediaType: gzip ? GZIP : MEDIA_TYPES[format] },
        },
        options,
      ) as never,
    get,
    list,
    each: (page = {}, options) =>
      itemsOf((after) => list(after === undefined ? page : { ...page, after }, options)),
    cancel: (id, options) => call('post', '/v1/imports/{id}/cancellation', at(id), options),
    rejects: (id, options) =>
      transfer('get', '/v1/imports/{id}/rejects', { ...at(id), opensFile: true }, options) as never,
    watch,
  };
}
