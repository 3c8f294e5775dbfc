/** The days of a trend, to be read one by one. */
import type { Trends } from "../api/types";

type Day = Trends["days"][number];

// a day is one of UTC, whoever reads of it
const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

export const texts = {
  reader: "Read tickets day by day",
  open: (date: string) => `Tickets filed on ${nameOf(date)}`,
  day: (name: string, created: string, resolved: string) =>
    `${name}: ${created} created, ${resolved} resolved`,
};

export const nameOf = (date: string) => format.format(new Date(`${date}T00:00:00Z`));

/** Each day's place from 0 to 1, as the lines are drawn, and what happened on it. */
export function pointsOf(days: Day[]) {
  return days.map((day, at) => ({
    x: at / Math.max(1, days.length - 1),
    text: texts.day(nameOf(day.date), day.created.toLocaleString(), day.resolved.toLocaleString()),
  }));
}
