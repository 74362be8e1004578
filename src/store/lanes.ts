// Lanes: an engine that takes several writers at once spreads loans over a fixed number of lanes, and a write stays in
// one. Every id carries the lane of its loan, so that a record is found from its id alone (docs/decisions/0011).

/** From 0; less than the number of lanes, which is fixed when a database is created. */
export type Lane = number;

/** How many values the last three hexadecimal digits of an id can tell apart. */
export const LANES_MAX = 4096;

/** The lane of a record by its id. Any text has one, also an id that James never made: there it is looked for. */
export function laneOfId(id: string, lanes: number): Lane {
  return (Number.parseInt(id.slice(-3), 16) || 0) % lanes;
}
