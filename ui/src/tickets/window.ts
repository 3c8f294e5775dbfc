/** Rows in the document at most, however long the list is and however high the window. */
export const MOST_ROWS = 60;

/** Rows drawn beyond the edge, so that a turn of the wheel meets something that is there. */
const BEYOND = 8;

/** Rows from `first` up to, but not including, `end`. */
export type Range = { first: number; end: number };

/** Which of `count` rows of one height are drawn where the list shows from `top` to `bottom` (pixels). */
export function drawn(top: number, bottom: number, height: number, count: number): Range {
  const seen = { first: Math.floor(top / height), end: Math.ceil(bottom / height) };
  // one place is kept for the row with the focus, which stays wherever it is
  const spare = Math.max(0, MOST_ROWS - 1 - (seen.end - seen.first));
  const beyond = Math.min(BEYOND, Math.floor(spare / 2));
  const first = Math.min(Math.max(0, seen.first - beyond), Math.max(0, count - 1));
  const end = Math.min(count, Math.max(first, seen.end + beyond), first + MOST_ROWS - 1);
  return { first, end };
}

/** How far to scroll so that a row is in sight: nothing where it is already. */
export function towards(top: number, bottom: number, height: number, index: number): number {
  const above = index * height - top;
  if (above < 0) return above;
  return Math.max(0, (index + 1) * height - bottom);
}
