/**
 * What a server may count besides what every one does. It is read here and nowhere else: absent and null both
 * mean "not counted", which is never shown as none.
 */
import type { Model, Report } from "./report";

type Maybe<T> = T | null | undefined;

/** What was used, of a whole range or of one day. */
export type Use = {
  calls: number | null;
  tokensIn: number | null;
  tokensOut: number | null;
  /** Estimated, in US dollars. */
  cost: number | null;
  /** Answers that were in memory, so that nobody was asked. */
  cacheHits: number | null;
};
export type DayOfUse = Use & { date: string };

export type BreakerState = "closed" | "open" | "half_open";
export type BreakerChange = { at: string; source: string; state: BreakerState };

type WireUse = {
  calls?: Maybe<number>;
  tokens_in?: Maybe<number>;
  tokens_out?: Maybe<number>;
  cost?: Maybe<number>;
  cache_hits?: Maybe<number>;
};
type MoreOfModel = WireUse & {
  shadow?: Maybe<boolean>;
  days?: Maybe<(WireUse & { date: string })[]>;
};
type MoreOfReport = { breaker_changes?: Maybe<BreakerChange[]> };

const use = (wire: WireUse): Use => ({
  calls: wire.calls ?? null,
  tokensIn: wire.tokens_in ?? null,
  tokensOut: wire.tokens_out ?? null,
  cost: wire.cost ?? null,
  cacheHits: wire.cache_hits ?? null,
});

/** Asked for comparison only: nobody saw what it suggested. */
export const isShadow = (model: Model) => (model as MoreOfModel).shadow === true;

export const useOf = (model: Model): Use => use(model as MoreOfModel);

/** Day by day, the oldest first; `null` where it is not counted by day. */
export function daysOfUse(model: Model): DayOfUse[] | null {
  const { days } = model as MoreOfModel;
  if (!days) return null;
  return days
    .map((day) => ({ date: day.date, ...use(day) }))
    .sort((one, other) => one.date.localeCompare(other.date));
}

/** When a model was left alone after failures, and asked again; the oldest change first. */
export function breakerChanges(report: Report): BreakerChange[] | null {
  const { breaker_changes: changes } = report as MoreOfReport;
  return changes ? [...changes].sort((one, other) => one.at.localeCompare(other.at)) : null;
}

/** From when to when a source was left alone; one that still is has no end. */
export function pauses(changes: BreakerChange[]): { source: string; from: string; to?: string }[] {
  const found: { source: string; from: string; to?: string }[] = [];
  for (const { source, at, state } of changes) {
    const last = found.filter((one) => one.source === source).at(-1);
    const isPaused = last && last.to === undefined;
    if (state === "open" && !isPaused) found.push({ source, from: at });
    // a half open one is only being tried
    else if (state === "closed" && isPaused) last.to = at;
  }
  return found;
}
