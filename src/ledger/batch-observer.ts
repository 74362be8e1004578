// Whoever watches the batches: counts and times them, or follows a command from its caller to its commit. It sees
// everything and changes nothing.

import type { Command } from './commands.ts';

export interface BatchObserver {
  /** Called as a command is submitted, on its caller's behalf; what it returns goes along with the command. */
  submitted(command: Command): unknown;
  /** Called as a batch begins, with what was returned for its commands; what it returns is called at the batch's end. */
  executing(marks: readonly unknown[]): (error?: unknown) => void;
}

/** Several observers as one. */
export function observedBy(observers: readonly BatchObserver[]): BatchObserver {
  return {
    submitted: (command) => observers.map((observer) => observer.submitted(command)),
    executing: (marks) => {
      const ends = observers.map((observer, index) =>
        observer.executing(marks.map((mark) => (mark as unknown[])[index])),
      );
      return (error) => {
        for (const end of ends) end(error);
      };
    },
  };
}
