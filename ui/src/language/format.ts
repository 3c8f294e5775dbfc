/** Numbers, dates and lists as the chosen language writes them. */

import { current } from "./current";
import { asked, localeFor } from "./languages";

/** Dear to make, and used by each row: one for each locale. */
function kept<F>(make: (locale: string) => F): () => F {
  const made = new Map<string, F>();
  return () => {
    const locale = localeFor(current(), asked());
    const format = made.get(locale) ?? make(locale);
    made.set(locale, format);
    return format;
  };
}

const numbers = kept((locale) => new Intl.NumberFormat(locale));
const tenths = kept((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }));
const oneTenth = kept(
  (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);
const lists = kept((locale) => new Intl.ListFormat(locale));
const times = kept(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
);
const days = kept(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }),
);
const clocks = kept((locale) => new Intl.DateTimeFormat(locale, { timeStyle: "medium" }));
const distances = kept(
  (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" }),
);

export const number = (value: number) => numbers().format(value);

/** With at least one digit after the point. */
export const average = (value: number) => tenths().format(value);

/** With just one digit after the point. */
export const tenth = (value: number) => oneTenth().format(value);

/** "Low, High, and Medium". */
export const list = (words: string[]) => lists().format(words);

/** A point in time as people read it. */
export const moment = (time: string) => times().format(new Date(time));

/** A day of UTC, whoever reads of it. */
export const day = (date: string) => days().format(new Date(`${date}T00:00:00Z`));

/** The time of day, with its seconds. */
export const clock = (time: number) => clocks().format(time);

/** How far from now, negative for what is past. */
export const distance = (value: number, unit: Intl.RelativeTimeFormatUnit) =>
  distances().format(value, unit);

/** How long something took, in one unit. */
export function duration(value: number, unit: "minute" | "hour" | "day"): string {
  return new Intl.NumberFormat(localeFor(current(), asked()), {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** How long one has to wait, in words: seconds up to two minutes. */
export function waiting(seconds: number): string {
  const [value, unit] = seconds < 120 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  const locale = localeFor(current(), asked());
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: unit as string,
    unitDisplay: "long",
  }).format(value as number);
}
