/** A row has a name that does not change, and later ones have higher names. */
type Row = { id: number };

/**
 * What a list shows while somebody points into it: the rows where they stood, each with its newest
 * content, and how many newer ones wait. Nothing moves under the pointer.
 */
export function steady<T extends Row>(kept: T[], fresh: T[]): { rows: T[]; waiting: number } {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const newest = Math.max(0, ...kept.map((row) => row.id));
  return {
    rows: kept.map((row) => byId.get(row.id) ?? row),
    waiting: fresh.filter((row) => row.id > newest).length,
  };
}
