/** Numbers as they are read, and how sure a share is. */
import { number, tenth } from "../language/format";
import { t } from "../language/work";
import type { Share } from "./report";

/** Wider than this (20 points) an interval says little. */
const WIDE = 0.2;

/** Of a standard normal distribution, 95 % lies within this many deviations. */
const Z = 1.959963984540054;

/** `k` of `n` with Wilson's score interval of 95 %, as the server computes its own. */
export function shareOf(k: number, n: number): Share {
  if (n === 0) return { k, n, share: null, low: null, high: null };
  const share = k / n;
  const scale = 1 + (Z * Z) / n;
  const middle = (share + (Z * Z) / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return { k, n, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Whether so few were counted that the share may be far from the truth. */
export const isWide = ({ low, high }: Share) => (high ?? 1) - (low ?? 0) > WIDE;

/** "83 %"; what is not quite all or nothing does not look like it. */
export function percent(share: number): string {
  const points = share * 100;
  // the sign stays in the line of its number
  return t.words.percent(pointsOf(points)).replace(" ", "\u00a0");
}

function pointsOf(points: number): string {
  if (points > 0 && points < 0.5) return tenth(Math.max(0.1, points));
  if (points >= 99.5 && points < 100) return tenth(Math.min(99.9, points));
  return number(Math.round(points));
}

/** "44 to 97 %" */
export const span = ({ low, high }: Share) =>
  t.accuracy.range(pointsOf((low ?? 0) * 100), percent(high ?? 1));

/** "0.27 ms", "1.2 s" */
export function milliseconds(value: number): string {
  const [amount, unit] = value >= 1_000 ? [value / 1_000, "s"] : [value, "ms"];
  return `${number(Number(amount.toPrecision(2)))} ${unit}`;
}
