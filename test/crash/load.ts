// Many clients at once, each sending on and on until the service is gone. They draw from a sketch of the bank that every
// answer brings up to date as it comes; the sketch only says what might be worth sending, and decides nothing.

import { drawRequest, loanOfRequest } from '../model/requests.ts';
import type { SlowBank } from '../model/slow-bank.ts';
import { type Request, tell } from '../model/slow-decisions.ts';
import type { Gust } from '../model/storm.ts';
import { type Sent, send } from './sending.ts';

export interface LoadAsked {
  readonly url: string;
  /** As it was before; it stays as it is. */
  readonly bank: SlowBank;
  readonly gusts: Iterator<Gust, never>;
  readonly clients: number;
  readonly newKey: () => string;
}

export interface Load {
  /** Resolves when so many answers have come, or when one was lost before. */
  answered(count: number): Promise<void>;
  /** Nothing more is sent. */
  stop(): void;
  /** Resolves when all that was sent is answered or lost and every client has stopped; they do when an answer is lost. */
  over(): Promise<readonly Sent[]>;
}

/** Whether a request names all that it is about: the sketch does not know the ids of payments on the James surface. */
function isWhole({ told }: Request): boolean {
  if (told.what === 'reverse-payment') return told.paymentId !== '';
  return told.what !== 'pay' || told.replaces !== '';
}

/** A client that got no answer, or heard that the service is out of order, has no reason to go on. */
export function isLost({ heard }: Sent): boolean {
  return heard === undefined || heard.status >= 500;
}

export function startLoad({ url, bank, gusts, clients, newKey }: LoadAsked): Load {
  const sketch = structuredClone(bank);
  const sent: Sent[] = [];
  let answers = 0;
  let isOver = false;
  let enough = (): void => undefined;

  const exchange = async (request: Request): Promise<void> => {
    const one = await send(url, request, loanOfRequest(sketch, request)?.id);
    sent.push(one);
    if (isLost(one)) isOver = true;
    else answers += 1;
    const { heard } = one;
    if (heard !== undefined && !heard.replayed && heard.status < 300) {
      tell(sketch, { ...request, key: undefined }, Date.now(), heard);
    }
    enough();
  };
  const client = async (): Promise<void> => {
    while (!isOver) {
      const { act, times } = gusts.next().value;
      const request = drawRequest(sketch, Date.now(), act, newKey);
      if (request === undefined || !isWhole(request)) continue;
      await Promise.all(Array.from({ length: times }, () => exchange(request)));
    }
  };
  const all = Promise.all(Array.from({ length: clients }, client));

  return {
    answered: (count) =>
      new Promise((settle, reject) => {
        enough = () => {
          if (answers >= count || isOver) settle();
        };
        enough();
        all.catch(reject);
      }),
    stop: () => {
      isOver = true;
    },
    over: async () => {
      await all;
      return sent;
    },
  };
}
