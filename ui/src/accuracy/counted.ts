/** What language models used, and when they were left alone. Null means "not counted", which is never shown as none. */
import type { Breaker, Model, Report, Turn, UsageOfDay } from "./report";

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

/** Of one model, the oldest day first. It is counted by name, whatever the prompt was. */
export const daysOfUse = ({ usage }: Report, { source, model }: Model): DayOfUse[] =>
  usage
    .filter((one) => one.source === source && one.model === model)
    .map((one) => ({ date: one.day, ...used(one) }))
    .sort((one, other) => one.date.localeCompare(other.date));

const used = (one: UsageOfDay): Use => ({
  calls: one.calls,
  tokensIn: one.input_tokens,
  tokensOut: one.output_tokens,
  cost: one.cost,
  cacheHits: one.cache_hits,
});

/** All that a model was asked; where that is not counted, what the suggestions took that are kept. */
export function useOf(report: Report, model: Model): Use {
  const [first, ...others] = daysOfUse(report, model);
  if (first) return others.reduce<Use>(add, first);
  return {
    calls: null,
    tokensIn: model.input_tokens,
    tokensOut: model.output_tokens,
    cost: model.cost,
    cacheHits: null,
  };
}

/** A sum of what is not all known is not known. */
function add(one: Use, other: Use): Use {
  const sum = (part: keyof Use) => {
    const [a, b] = [one[part], other[part]];
    return a === null || b === null ? null : a + b;
  };
  return {
    calls: sum("calls"),
    tokensIn: sum("tokensIn"),
    tokensOut: sum("tokensOut"),
    cost: sum("cost"),
    cacheHits: sum("cacheHits"),
  };
}

/** How the breaker changed, the oldest change first. */
export const changesOf = ({ history }: Breaker): Turn[] =>
  [...history].sort((one, other) => one.at.localeCompare(other.at));

/** From when to when the language model was left alone; while it still is there is no end. */
export function pauses(changes: Turn[]): { from: string; to?: string }[] {
  const found: { from: string; to?: string }[] = [];
  for (const { at, state } of changes) {
    const last = found.at(-1);
    const isPaused = last && last.to === undefined;
    if (state === "open" && !isPaused) found.push({ from: at });
    // a half open one is only being tried
    else if (state === "closed" && isPaused) last.to = at;
  }
  return found;
}
