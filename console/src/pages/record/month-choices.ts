// What has been ticked in a month's list, and how far the sending is: a reducer without any drawing.

export type Choice = 'made' | 'missed';

export type Sending =
  | { readonly state: 'waiting' }
  | { readonly state: 'sent' }
  | { readonly state: 'failed'; readonly error: Error };

export interface MonthState {
  /** By loan id. */
  readonly choices: ReadonlyMap<string, Choice>;
  readonly sendings: ReadonlyMap<string, Sending>;
}

export type MonthEvent =
  | { readonly kind: 'choose'; readonly ids: readonly string[]; readonly choice: Choice | undefined }
  | { readonly kind: 'send'; readonly ids: readonly string[] }
  | { readonly kind: 'sent'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly error: Error };

export const NOTHING_CHOSEN: MonthState = { choices: new Map(), sendings: new Map() };

export function monthState(state: MonthState, event: MonthEvent): MonthState {
  const choices = new Map(state.choices);
  const sendings = new Map(state.sendings);
  switch (event.kind) {
    case 'choose':
      for (const id of event.ids) {
        if (sendings.get(id)?.state === 'sent') continue;
        if (event.choice === undefined) choices.delete(id);
        else choices.set(id, event.choice);
        sendings.delete(id);
      }
      break;
    case 'send':
      for (const id of event.ids) sendings.set(id, { state: 'waiting' });
      break;
    case 'sent':
      sendings.set(event.id, { state: 'sent' });
      break;
    case 'failed':
      sendings.set(event.id, { state: 'failed', error: event.error });
      break;
  }
  return { choices, sendings };
}

/** Loans whose choice is still to be sent. */
export function toSend({ choices, sendings }: MonthState): string[] {
  return [...choices.keys()].filter((id) => {
    const state = sendings.get(id)?.state;
    return state === undefined || state === 'failed';
  });
}

export interface Progress {
  readonly all: number;
  readonly sent: number;
  readonly failed: number;
  readonly isSending: boolean;
}

export function progressOf({ sendings }: MonthState): Progress {
  const states = [...sendings.values()].map(({ state }) => state);
  const count = (wanted: Sending['state']) => states.filter((state) => state === wanted).length;
  return {
    all: states.length,
    sent: count('sent'),
    failed: count('failed'),
    isSending: states.includes('waiting'),
  };
}
