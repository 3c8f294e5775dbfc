/** Where things stand on a plot, from 0 to 1. */

/** The middles of so many bars of one width. */
export const middles = (n: number): number[] =>
  Array.from({ length: n }, (_, at) => (at + 0.5) / n);

/** How tall bars are beside the tallest; all flat where there is nothing. */
export function heights(numbers: number[]): number[] {
  const most = Math.max(0, ...numbers);
  return numbers.map((n) => (most === 0 ? 0 : n / most));
}

/** Where an instant lies between two, not beyond either. */
export function placeIn(at: string, from: string, to: string): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (end <= start) return 0;
  return Math.min(1, Math.max(0, (Date.parse(at) - start) / (end - start)));
}
