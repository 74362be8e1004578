// Counts round trips to a PostgreSQL server: everything between a client and the server passes through here, and what
// the server says is held back until the client has nothing more to send without it. Each such exchange is one round trip.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A client that has sent nothing for so long, though all is answered, waits for that. */
const QUIET_MS = 60;

/** What the server answers with ReadyForQuery: a simple query, or the Sync at the end of a prepared one. */
const ANSWERED = ['Q', 'S'];
const READY = 'Z';

/** Tells the type of each message in a stream of bytes, however it is cut; a message without a type is told as ''. */
function messageTypes(beginsWithUntyped: boolean, onType: (type: string) => void): (bytes: Buffer) => void {
  let left: Buffer = Buffer.alloc(0);
  let typeLength = beginsWithUntyped ? 0 : 1;
  return (bytes) => {
    left = Buffer.concat([left, bytes]);
    for (;;) {
      if (left.length < typeLength + 4) return;
      const end = typeLength + left.readInt32BE(typeLength);
      if (left.length < end) return;
      onType(left.toString('latin1', 0, typeLength));
      left = left.subarray(end);
      typeLength = 1;
    }
  };
}

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
    /** Answers that the server owes; the log-in is the first. */
    let owed = 1;
    const sent = messageTypes(true, (type) => {
      if (ANSWERED.includes(type)) owed++;
    });
    const answered = messageTypes(false, (type) => {
      if (type === READY) owed--;
    });
    const isLoggingIn = () => owed === 1 && !isLoggedIn;
    let isLoggedIn = false;
    const wait = () => {
      clearTimeout(timer);
      if (owed === 0) isLoggedIn = true;
      if (owed === 0 || isLoggingIn()) timer = setTimeout(release, QUIET_MS);
    };
    const release = () => {
      if (held.length === 0) return;
      count++;
      client.write(Buffer.concat(held));
      held = [];
    };
    client.on('data', (bytes: Buffer) => {
      sent(bytes);
      upstream.write(bytes);
      wait();
    });
    upstream.on('data', (bytes: Buffer) => {
      answered(bytes);
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
