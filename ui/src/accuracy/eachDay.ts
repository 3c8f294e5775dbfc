/** What all language models were asked on each day, and how often that came to nothing. */

import { words } from "../language/eachDay";
import { day, list, number } from "../language/format";
import type { UsageOfDay } from "./report";
import { kindName } from "./sentences";

export type Day = {
  date: string;
  calls: number;
  /** By kind. */
  failures: Map<string, number>;
  /** How often the circuit breaker opened. */
  opened: number;
};

const DAY = 86_400_000;

/** From the first day that anything was counted to the last, the oldest first; what lies between has its place. */
export function eachDay(usage: UsageOfDay[]): Day[] {
  const counted = new Map<string, Day>();
  for (const one of usage) {
    const day = counted.get(one.day) ?? nothingOn(one.day);
    day.calls += one.calls;
    day.opened += one.breaker_opened;
    for (const { kind, n } of one.failures) {
      day.failures.set(kind, (day.failures.get(kind) ?? 0) + n);
    }
    counted.set(one.day, day);
  }
  const dates = [...counted.keys()].sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const days: Day[] = [];
  if (first === undefined || last === undefined) return days;
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY) {
    const date = new Date(at).toISOString().slice(0, 10);
    days.push(counted.get(date) ?? nothingOn(date));
  }
  return days;
}

const nothingOn = (date: string): Day => ({ date, calls: 0, failures: new Map(), opened: 0 });

/** Kinds of failures that there were, the most frequent first. */
export function kindsOf(days: Day[]): string[] {
  const sums = new Map<string, number>();
  for (const { failures } of days) {
    for (const [kind, n] of failures) sums.set(kind, (sums.get(kind) ?? 0) + n);
  }
  return [...sums].sort(([, one], [, other]) => other - one).map(([kind]) => kind);
}

export const failedOn = ({ failures }: Day): number =>
  [...failures.values()].reduce((sum, n) => sum + n, 0);

/** What one would say who has looked at it. */
export function describeDays(days: Day[]): string {
  const sum = (of: (day: Day) => number) => days.reduce((all, day) => all + of(day), 0);
  const [calls, failures, opened] = [
    sum((day) => day.calls),
    sum(failedOn),
    sum((day) => day.opened),
  ];
  if (failures === 0 && opened === 0) return words.fine(calls, days.length);
  const worst = days.reduce((most, one) => (failedOn(one) > failedOn(most) ? one : most));
  const said = failures > 0 && words.failed(calls, failures, day(worst.date), failedOn(worst));
  return [said || words.asked(calls), opened > 0 && words.opened(opened)].filter(Boolean).join(" ");
}

/** "Nov 5, 2026: 12 calls, 3 × Timed out" */
export function describeDay(one: Day): string {
  const failures = [...one.failures].map(([kind, n]) => `${number(n)} × ${kindName(kind)}`);
  const opened = one.opened > 0 ? [words.openedOn(one.opened)] : [];
  return `${day(one.date)}: ${list([words.calls(one.calls), ...failures, ...opened])}`;
}
