// Reads server-sent events as a browser's EventSource does.

import { developmentKey } from './v1-client.ts';

export interface ServerEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

export interface EventStream {
  readonly response: Response;
  /** The events until the server closes the stream. */
  readonly events: AsyncGenerator<ServerEvent>;
  close(): void;
}

function eventOf(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields.set(name, value ?? '');
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id'),
    data: JSON.parse(data) as Record<string, unknown>,
  };
}

async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  let text = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + piece).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event !== undefined) yield event;
    }
  }
}

/** Opens a stream of events. */
export async function eventStream(
  url: string,
  { key = developmentKey, headers = {} }: { key?: string; headers?: Record<string, string> } = {},
): Promise<EventStream> {
  const closing = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream', ...headers },
    signal: closing.signal,
  });
  return { response, events: eventsOf(response), close: () => closing.abort() };
}
