// Clients that never come to the end of what they say: a byte now and then, on several connections, all the while. They
// must be cut off, and hold up nobody.

import { connect, type Socket } from 'node:net';

const CLIENTS = 10;
const BYTE_EVERY_MS = 200;
const SAID =
  'POST /v1/loans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n{"amount":"1000.00"'.padEnd(
    10_000,
  );

export class SlowClients implements Disposable {
  /** What they were told, each before its connection was closed. */
  readonly heard: string[] = [];
  readonly #url: URL;
  readonly #timer: NodeJS.Timeout;
  readonly #clients: { socket: Socket; said: number }[];

  constructor(url: string) {
    this.#url = new URL(url);
    this.#clients = Array.from({ length: CLIENTS }, (_, index) => ({
      socket: this.#open(),
      said: index * 9,
    }));
    for (const { socket, said } of this.#clients) socket.write(SAID.slice(0, said));
    this.#timer = setInterval(() => this.#sayMore(), BYTE_EVERY_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#clients) socket.destroy();
  }

  #sayMore(): void {
    for (const client of this.#clients) {
      if (client.socket.destroyed) {
        client.socket = this.#open();
        client.said = 0;
      }
      client.socket.write(SAID.charAt(client.said++ % SAID.length));
    }
  }

  #open(): Socket {
    const socket = connect({ host: this.#url.hostname, port: Number(this.#url.port) });
    let heard = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      heard += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (heard !== '') this.heard.push(heard);
    });
    return socket;
  }
}
