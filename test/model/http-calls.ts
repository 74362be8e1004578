// Requests of the model test over one kept-alive connection pool, as texts: what was sent and what came back is exactly
// what is compared and printed.

import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Heard } from './slow-decisions.ts';

export const OWNERS = [
  { name: 'development', key: 'secretkeydev' },
  { name: 'development-seekrit', key: 'seekrit' },
] as const;

const agent = new Agent({ keepAlive: true });

function authorization(path: string, key: string): string {
  return path.startsWith('/v1/') ? `Bearer ${key}` : createHash('sha256').update(key).digest('hex');
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly owner?: string;
  readonly key?: string | undefined;
}

export function call(url: string, { method, path, body, owner, key }: Call): Promise<Heard> {
  const headers: Record<string, string> = {
    authorization: authorization(path, OWNERS.find(({ name }) => name === owner)?.key ?? OWNERS[0].key),
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key !== undefined) headers['idempotency-key'] = key;
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        let json: unknown;
        try {
          json = JSON.parse(text);
        } catch {
          json = undefined;
        }
        resolve({
          status: answer.statusCode ?? 0,
          text,
          json,
          location: answer.headers.location,
          replayed: answer.headers['idempotent-replayed'] === 'true',
          requestId: String(answer.headers['x-request-id']),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
