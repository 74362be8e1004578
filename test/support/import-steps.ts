// Steps that tests of imports take again and again: files that are sent, imports that are waited for, and files that
// keep coming in until a test says otherwise.

import assert from 'node:assert/strict';
import { type ClientRequest, request } from 'node:http';
import { found } from './polling.ts';
import { assertMembers, objectOf } from './v1-assertions.ts';
import { developmentKey, type V1Answer, type V1Client, type V1Options } from './v1-client.ts';
import { listed } from './v1-steps.ts';

export type ImportKind = 'loans' | 'payments';

/** An import as far as tests look at it. */
export interface ShownImport {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly rows: number;
  readonly rows_read: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly rejects_kept: number;
  readonly ended_at: string | null;
}

const HEADERS = {
  loans: 'reference,amount,term,rate,date',
  payments: 'reference,payment,date,amount',
} as const;

/** A file of CSV with the columns that its kind needs. */
export function csvOf(kind: ImportKind, rows: readonly string[]): string {
  return `${[HEADERS[kind], ...rows].join('\n')}\n`;
}

/** Rows of loans of 1000.00 over a year at 5 %, each with a reference of its own: installment 85.60. */
export function loanRows(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1},1000.00,12,0.05,2017-08-05`);
}

export interface SendOptions extends V1Options {
  /** Parameters beside the kind. */
  readonly query?: string;
}

/** POST /v1/imports. */
export function sendFile(
  client: V1Client,
  kind: ImportKind,
  raw: string | Uint8Array<ArrayBuffer>,
  { query = '', ...options }: SendOptions = {},
): Promise<V1Answer> {
  return client.post(`/v1/imports?kind=${kind}${query}`, undefined, {
    ...{ raw, contentType: 'text/csv' },
    ...options,
  });
}

export async function shownImport(client: V1Client, id: string): Promise<ShownImport> {
  const answer = await client.get(`/v1/imports/${id}`);
  assertMembers(answer, 200, { id });
  return objectOf(answer) as unknown as ShownImport;
}

/** An import when it has ended. */
export function endedImport(client: V1Client, id: string): Promise<ShownImport> {
  return found(async () => {
    const shown = await shownImport(client, id);
    return shown.ended_at === null ? undefined : shown;
  }, `the end of import ${id}`);
}

/** Sends a file that must be taken, and waits until it is carried out. */
export async function importedFile(
  client: V1Client,
  kind: ImportKind,
  raw: string | Uint8Array<ArrayBuffer>,
  options: SendOptions = {},
): Promise<ShownImport> {
  const answer = await sendFile(client, kind, raw, options);
  assert.equal(answer.status, 202, answer.text);
  const ended = await endedImport(client, String(objectOf(answer)['id']));
  assert.equal(ended.state, 'done', JSON.stringify(ended));
  return ended;
}

/** The same for rows of CSV under their header; one of them may be empty. */
export function importedRows(client: V1Client, kind: ImportKind, ...rows: string[]): Promise<ShownImport> {
  return importedFile(client, kind, csvOf(kind, rows));
}

/** The counts of an import, and what it must not lose. */
export function countsOf({ rows, rows_read, accepted, skipped, rejected }: ShownImport) {
  assert.equal(rows_read, accepted + skipped + rejected);
  return { rows, accepted, skipped, rejected };
}

export async function rejectsOf(client: V1Client, id: string): Promise<string> {
  const answer = await client.get(`/v1/imports/${id}/rejects`);
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/csv(;|$)/);
  return answer.text;
}

export interface HeldImport {
  readonly id: string;
  /** Sends more of the file. */
  write(text: string): void;
  /** Ends the file; resolves with the answer's status and body. */
  end(text?: string): Promise<{ readonly status: number; readonly json: Record<string, unknown> }>;
  /** Cuts the connection. */
  cut(): void;
  readonly answer: Promise<{ readonly status: number; readonly json: Record<string, unknown> }>;
}

/** An import whose file is coming in, and does not end before the test says so. */
export async function heldImport(
  client: V1Client,
  { kind = 'loans', headers = {} }: { kind?: ImportKind; headers?: Record<string, string> } = {},
): Promise<HeldImport> {
  const before = new Set((await listed(client, '/v1/imports', { state: 'receiving' })).map(({ id }) => id));
  let sending: ClientRequest | undefined;
  const answer = new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
    sending = request(
      `${client.url}/v1/imports?kind=${kind}`,
      {
        method: 'POST',
        agent: false,
        headers: { authorization: `Bearer ${developmentKey}`, 'content-type': 'text/csv', ...headers },
      },
      async (response) => {
        const pieces: Buffer[] = [];
        for await (const piece of response) pieces.push(piece as Buffer);
        const text = Buffer.concat(pieces).toString();
        resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) as Record<string, unknown> });
      },
    );
    sending.on('error', reject);
    sending.write(`${HEADERS[kind]}\n`);
  });
  answer.catch(() => undefined);
  const open = sending as ClientRequest | undefined;
  const id = await found(async () => {
    const receiving = await listed(client, '/v1/imports', { state: 'receiving' });
    return receiving.map((shown) => String(shown['id'])).find((shown) => !before.has(shown));
  }, 'an import that is being received');
  return {
    id,
    write: (text) => open?.write(text),
    end: (text = '') => {
      open?.end(text);
      return answer;
    },
    cut: () => open?.destroy(),
    answer,
  };
}
