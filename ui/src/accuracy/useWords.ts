/** What was used, in words. */
import { current } from "../language/current";
import { number } from "../language/format";
import { asked, localeFor } from "../language/languages";
import { t } from "../language/work";
import type { DayOfUse, Use } from "./counted";
import { percent } from "./numbers";

export const parts = ["calls", "tokensIn", "tokensOut", "cost", "cacheHits"] as const;
export type Part = (typeof parts)[number];

/** A number with its unit; null where it was not counted. */
export function amount(part: Part, value: number | null): string | null {
  if (value === null) return null;
  return part === "cost" ? dollars(value) : number(value);
}

/** What costs less than a cent is not free. */
const dollars = (value: number) =>
  value.toLocaleString(localeFor(current(), asked()), {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: value > 0 && value < 1 ? 4 : 2,
  });

export function describeUse(use: Use): string {
  const words = t.accuracy.use;
  const known = [
    use.calls !== null && words.calls(use.calls),
    use.tokensIn !== null && words.tokensIn(number(use.tokensIn)),
    use.tokensOut !== null && words.tokensOut(number(use.tokensOut)),
    use.cost !== null && words.cost(dollars(use.cost)),
    use.cacheHits !== null && cache(use.cacheHits, use.calls),
  ].filter((part) => part !== false);
  return known.length > 0 ? `${known.join(", ")}.` : words.none;
}

function cache(hits: number, calls: number | null): string {
  const { fromMemory, fromMemoryShare } = t.accuracy.use;
  const all = hits + (calls ?? 0);
  return calls === null || all === 0
    ? fromMemory(hits)
    : fromMemoryShare(hits, percent(hits / all));
}

export const describeUseOfDay = (day: DayOfUse) => `${day.date}: ${describeUse(day)}`;
