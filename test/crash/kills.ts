// Kills, as many as asked, on one database after another. A seed draws what is sent and when the kills fall, not what they
// fall on.

import { type Site, type Way, wayText } from './bank-site.ts';
import { Life, type Survived } from './life.ts';
import { type Plan, plans } from './plans.ts';

/** The slow model grows slower with what it knows. */
const KILLS_A_DATABASE = 10;

export interface KillsAsked {
  readonly site: Site;
  readonly times: number;
  readonly seed: number;
  readonly onSurvived: (survived: Survived) => void;
}

/** Throws at the first fault, which names the kill. */
export async function killAgainAndAgain({ site, times, seed, onSurvived }: KillsAsked): Promise<void> {
  const drawn = plans(seed, times);
  const wayOf = (nth: number) => site.ways[(nth - 1) % site.ways.length] as Way;
  for (let first = 1; first <= times; first += KILLS_A_DATABASE) {
    const last = Math.min(first + KILLS_A_DATABASE - 1, times);
    await using database = await site.freshDatabase();
    const life = new Life(site, database);
    let nth = first;
    try {
      for (; nth <= last; nth++) {
        onSurvived(await life.survive(nth, wayOf(nth), wayOf(nth + 1), drawn[nth - 1] as Plan));
      }
      await life.end();
    } catch (error) {
      const about = `${site.name}, kill ${nth} (${wayText(wayOf(nth))}), seed ${seed}`;
      throw new Error(`${about}: ${(error as Error).stack}\nwhat James wrote: ${life.output()}`);
    } finally {
      await life.abandon();
    }
  }
}
