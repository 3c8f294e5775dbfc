import { beforeEach, expect, test, vi } from "vitest";
import { describeDay, describeDays, eachDay, kindsOf } from "./eachDay";
import type { UsageOfDay } from "./report";

beforeEach(() => {
  vi.stubGlobal("navigator", { languages: ["en"] });
});

const used = (
  day: string,
  model: string,
  calls: number,
  failures: [kind: string, n: number][] = [],
  breaker_opened = 0,
): UsageOfDay => ({
  day,
  source: "gemini",
  model,
  calls,
  cache_hits: 0,
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  cost: null,
  failures: failures.map(([kind, n]) => ({ kind, n })),
  breaker_opened,
});

const usage = [
  used("2026-11-05", "b", 4, [["timed_out", 2]], 1),
  used("2026-11-05", "a", 8, [
    ["timed_out", 1],
    ["refused", 1],
  ]),
  used("2026-11-03", "a", 20, [["refused", 1]]),
];

test("all models of a day are one, and days of which nothing was counted have their place", () => {
  const days = eachDay(usage);
  expect(days.map(({ date, calls, opened }) => [date, calls, opened])).toEqual([
    ["2026-11-03", 20, 0],
    ["2026-11-04", 0, 0],
    ["2026-11-05", 12, 1],
  ]);
  expect(kindsOf(days)).toEqual(["timed_out", "refused"]);
  expect(eachDay([])).toEqual([]);
});

test("a day and all of them are said in words", () => {
  const days = eachDay(usage);
  expect(describeDays(days)).toBe(
    "32 calls, 5 failures; most on Nov 5, 2026 (4). Models were left alone 1 time after failures in a row.",
  );
  expect(days.map(describeDay)).toEqual([
    "Nov 3, 2026: 20 calls and 1 × Refused to answer",
    "Nov 4, 2026: 0 calls",
    "Nov 5, 2026: 12 calls, 3 × Too slow, 1 × Refused to answer, and left alone 1 time",
  ]);
  expect(describeDays(eachDay([used("2026-11-03", "a", 1)]))).toBe(
    "1 call in 1 day, without a failure.",
  );
});
