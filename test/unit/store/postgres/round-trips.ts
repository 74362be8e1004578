// Counts round trips to a PostgreSQL server: everything between a client and the server passes through here, and what
// the server says is held back until the client has nothing more to send without it. Each such exchange is one round trip.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A client that has sent nothing for so long waits for an answer. */
const QUIET_MS = 60;

export interface RoundTrips extends AsyncDisposable {
  /** The database's URL, through the counter. */
  readonly url: string;
  /** Round trips since the last reading, over all connections. */
  take(): number;
}

export async function countRoundTrips(databaseUrl: string): Promise<RoundTrips> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let count = 0;

  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    let held: Buffer[] = [];
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(release, QUIET_MS);
    };
    const release = () => {
      if (held.length === 0) return;
      count++;
      client.write(Buffer.concat(held));
      held = [];
    };
    client.on('data', (bytes) => {
      upstream.write(bytes);
      wait();
    });
    upstream.on('data', (bytes: Buffer) => {
      held.push(bytes);
      wait();
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.end();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };

  return {
    url: Object.assign(new URL(target), { port: String(port) }).toString(),
    take: () => {
      const taken = count;
      count = 0;
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}
