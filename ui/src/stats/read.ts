/** The days of a trend, to be read one by one. */
import type { Trends } from "../api/types";
import { day, number } from "../language/format";
import { t } from "../language/work";

type Day = Trends["days"][number];

export const nameOf = day;

/** Each day's place from 0 to 1, as the lines are drawn, and what happened on it. */
export function pointsOf(days: Day[]) {
  return days.map((one, at) => ({
    x: at / Math.max(1, days.length - 1),
    text: t.stats.ofDay(nameOf(one.date), number(one.created), number(one.resolved)),
  }));
}
