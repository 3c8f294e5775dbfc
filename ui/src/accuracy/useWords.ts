/** What was used, in words. */
import type { DayOfUse, Use } from "./counted";
import { count, counted, percent } from "./numbers";
import { use as words } from "./words";

export const parts = ["calls", "tokensIn", "tokensOut", "cost", "cacheHits"] as const;
export type Part = (typeof parts)[number];

/** A number with its unit; null where it was not counted. */
export function amount(part: Part, value: number | null): string | null {
  if (value === null) return null;
  return part === "cost" ? dollars(value) : count(value);
}

/** What costs less than a cent is not free. */
const dollars = (value: number) =>
  value.toLocaleString("en", {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: value > 0 && value < 1 ? 4 : 2,
  });

export function describeUse(use: Use): string {
  const known = [
    use.calls !== null && counted(use.calls, "call"),
    use.tokensIn !== null && `${count(use.tokensIn)} tokens in`,
    use.tokensOut !== null && `${count(use.tokensOut)} tokens out`,
    use.cost !== null && `about ${dollars(use.cost)}`,
    use.cacheHits !== null && cache(use.cacheHits, use.calls),
  ].filter((part) => part !== false);
  return known.length > 0 ? `${known.join(", ")}.` : words.none;
}

function cache(hits: number, calls: number | null): string {
  const so = `${counted(hits, "answer")} from memory`;
  const all = hits + (calls ?? 0);
  return calls === null || all === 0 ? so : `${so} (${percent(hits / all)})`;
}

export const describeUseOfDay = (day: DayOfUse) => `${day.date}: ${describeUse(day)}`;
