import { distance } from "../language/format";
import { t } from "../language/work";

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function ago(time: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(time) - now) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return distance(Math.trunc(seconds / size), unit);
  }
  return distance(0, "second");
}

/** The same for what has just happened, where each second counts. */
export function secondsAgo(time: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  return seconds < 60 ? t.tickets.secondsAgo(seconds) : ago(time, now);
}
