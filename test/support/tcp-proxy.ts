// A TCP proxy between James and PostgreSQL, through which a test breaks connections at the byte it chooses, or lets
// them hang. It reads nothing into the bytes but what its rule does, and forwards all of them unless that says otherwise.

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export type Direction = 'to the server' | 'to the client';

/** What becomes of a piece of a connection's bytes: all pass, or so many, and what then becomes of the connection. */
export type Verdict =
  | 'pass'
  /** It is reset on both sides. */
  | { readonly cutAfter: number }
  /** Nothing passes any more in either direction, and neither side hears why. */
  | { readonly hangAfter: number };

export interface Connection {
  /** From 1, in the order in which connections were opened. */
  readonly number: number;
  /** Bytes that have passed so far. */
  readonly passed: Readonly<Record<Direction, number>>;
}

export type Rule = (direction: Direction, piece: Buffer, connection: Connection) => Verdict;

const PASS: Rule = () => 'pass';

class ProxiedConnection implements Connection {
  readonly number: number;
  readonly passed = { 'to the server': 0, 'to the client': 0 };
  readonly client: Socket;
  readonly server: Socket;
  #hangs = false;

  constructor(number: number, client: Socket, server: Socket) {
    this.number = number;
    this.client = client;
    this.server = server;
  }

  /** From here on nothing passes; what the two sides send is taken and thrown away. */
  hang(): void {
    this.#hangs = true;
  }

  /** Resets both sides, as a machine does that knows nothing of the connection. */
  cut(): void {
    for (const socket of [this.client, this.server]) {
      // Node can't reset what it is ending (and then never closes it).
      if (socket.writableEnded || socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  relay(direction: Direction, rule: (piece: Buffer) => Verdict): void {
    const [from, to] =
      direction === 'to the server' ? [this.client, this.server] : [this.server, this.client];
    from.on('data', (piece: Buffer) => {
      if (this.#hangs) return;
      const verdict = rule(piece);
      if (verdict === 'pass') {
        this.#forward(direction, to, piece);
        return;
      }
      this.hang();
      if ('hangAfter' in verdict) this.#forward(direction, to, piece.subarray(0, verdict.hangAfter));
      else this.#forward(direction, to, piece.subarray(0, verdict.cutAfter), () => this.cut());
    });
    from.on('end', () => {
      if (!this.#hangs) to.end();
    });
    from.on('close', () => {
      // A side that hangs never hears that the other one is gone.
      if (!this.#hangs) to.destroy();
    });
    // What a broken side means, 'close' says.
    from.on('error', () => undefined);
  }

  #forward(direction: Direction, to: Socket, piece: Buffer, then?: () => void): void {
    this.passed[direction] += piece.length;
    if (piece.length > 0 && to.writable) to.write(piece, then);
    else then?.();
  }
}

export class TcpProxy implements AsyncDisposable {
  /** Set at any time; holds for whatever passes from then on. */
  rule: Rule = PASS;
  /** What becomes of new connections; those that hang never recover. */
  accepts: 'all' | 'none' | 'but hangs' = 'all';
  readonly #listener: Server;
  readonly #open = new Set<ProxiedConnection>();
  readonly #targetPort: number;
  #connections = 0;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#listener = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
  }

  /** Listens on a port of its own, before a server on a port of this machine. */
  static async before(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as { port: number }).port;
  }

  /** The URL of a database, through this proxy. */
  through(url: string): string {
    return Object.assign(new URL(url), { port: String(this.port) }).toString();
  }

  /** How many connections there have been so far. */
  get opened(): number {
    return this.#connections;
  }

  /** Cuts whatever is open. */
  cutAll(): void {
    for (const connection of this.#open) connection.cut();
  }

  /** Lets whatever is open hang. */
  hangAll(): void {
    for (const connection of this.#open) connection.hang();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.cutAll();
    await once(this.#listener, 'close');
  }

  #accept(client: Socket): void {
    client.on('error', () => undefined);
    if (this.accepts === 'none') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, server]) socket.setNoDelay(true);
    const connection = new ProxiedConnection(++this.#connections, client, server);
    this.#open.add(connection);
    for (const socket of [client, server]) {
      socket.on('close', () => {
        if (client.destroyed && server.destroyed) this.#open.delete(connection);
      });
    }
    if (this.accepts === 'but hangs') connection.hang();
    for (const direction of ['to the server', 'to the client'] as const) {
      connection.relay(direction, (piece) => this.rule(direction, piece, connection));
    }
  }
}
