import type { Trends } from "../api/types";
import { duration } from "../language/format";
import { t } from "../language/work";

type Day = Trends["days"][number];

/** The sentence that says what the lines show. */
export function describeDays(days: Day[]): string {
  const created = sum(days, "created");
  const resolved = sum(days, "resolved");
  if (created === 0 && resolved === 0) return t.stats.quiet(days.length);
  const behind = days.filter((day) => day.created > day.resolved).length;
  return t.stats.course(created, resolved, behind, days.length);
}

export const sum = (days: Day[], what: "created" | "resolved") =>
  days.reduce((total, day) => total + day[what], 0);

/** The list of what was filed on a day (UTC). */
export function listOf(date: string): string {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return `/tickets?created_after=${date}&created_before=${next.toISOString().slice(0, 10)}`;
}

/** The first day of a range that ends today (UTC). */
export function firstOf(days: number, now: Date): string {
  const first = new Date(now);
  first.setUTCDate(first.getUTCDate() - (days - 1));
  return first.toISOString().slice(0, 10);
}

/** Points of a line over a width of 1000 and a height of 100, the highest number at the top. */
export function line(numbers: number[], most: number): string {
  const step = 1000 / Math.max(1, numbers.length - 1);
  return numbers
    .map((n, at) => `${(at * step).toFixed(1)},${(100 - (100 * n) / Math.max(1, most)).toFixed(1)}`)
    .join(" ");
}

/** How long something took, in the unit that says most. */
export function took(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 5_400) return duration(seconds / 60, "minute");
  return seconds < 172_800 ? duration(seconds / 3_600, "hour") : duration(seconds / 86_400, "day");
}

/** How often what the models had set was left, of all that was resolved; `null` where there was none. */
export function keptShare(suggestions: Trends["suggestions"]): number | null {
  const parts = suggestions.flatMap(({ category, priority }) => [category, priority]);
  const kept = parts.reduce((total, part) => total + part.kept, 0);
  const all = parts.reduce((total, part) => total + part.kept + part.changed, 0);
  return all === 0 ? null : kept / all;
}
