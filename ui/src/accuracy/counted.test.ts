import { expect, test } from "vitest";
import { type BreakerChange, breakerChanges, daysOfUse, isShadow, pauses, useOf } from "./counted";
import type { Model, Report } from "./report";
import { heights, middles, placeIn } from "./scale";
import { describeBreaker } from "./sentences";
import { amount, describeUse, describeUseOfDay } from "./useWords";

const model = (more: object) => ({ source: "gemini", ...more }) as Model;

test("absent and null are not counted, and none is none", () => {
  expect(describeUse(useOf(model({ tokens: null, cost: null })))).toBe(
    "Calls, tokens and cost are not counted.",
  );
  expect(describeUse(useOf(model({ calls: 0, cost: 0 })))).toBe("0 calls, about $0.00.");
  expect(daysOfUse(model({}))).toBeNull();
  expect(breakerChanges({ breaker_changes: null } as unknown as Report)).toBeNull();
  expect([isShadow(model({})), isShadow(model({ shadow: true }))]).toEqual([false, true]);
});

test("use is told as far as it is known", () => {
  const use = { calls: 1, tokens_in: 1_280, tokens_out: 24, cost: 0.0042, cache_hits: 3 };
  expect(describeUse(useOf(model(use))).replace("\u00a0", " ")).toBe(
    "1 call, 1,280 tokens in, 24 tokens out, about $0.0042, 3 answers from memory (75 %).",
  );
  const days = daysOfUse(
    model({ days: [{ date: "2026-11-27" }, { date: "2026-11-26", calls: 2 }] }),
  );
  expect(days?.map(describeUseOfDay)).toEqual([
    "2026-11-26: 2 calls.",
    "2026-11-27: Calls, tokens and cost are not counted.",
  ]);
  expect([amount("cost", 12), amount("calls", 1_200), amount("cost", null)]).toEqual([
    "$12.00",
    "1,200",
    null,
  ]);
});

test("a pause begins as a breaker opens and ends as it closes, whatever is tried between", () => {
  const change = (at: number, state: BreakerChange["state"], source = "gemini") => ({
    at: `2026-11-2${at}T00:00:00Z`,
    state,
    source,
  });
  const changes = [
    change(1, "open"),
    change(2, "half_open"),
    change(3, "open"),
    change(4, "closed"),
    change(5, "open", "openai"),
  ];
  expect(pauses(changes).map(({ from, to }) => [from.slice(8, 10), to?.slice(8, 10)])).toEqual([
    ["21", "24"],
    ["25", undefined],
  ]);
  expect(describeBreaker(changes)).toMatch(
    /^Models were left alone 2 times; Language model is since /,
  );
  expect(describeBreaker(changes.slice(0, 4))).toMatch(
    /^Models were left alone 1 time, last Gemini until /,
  );
  expect([describeBreaker([]), describeBreaker(null)]).toEqual([
    "No model had to be left alone.",
    "Not counted.",
  ]);
});

test("bars share the width, the tallest has the height, and time has its place", () => {
  expect(middles(2)).toEqual([0.25, 0.75]);
  expect(heights([0, 2, 4])).toEqual([0, 0.5, 1]);
  expect(heights([0])).toEqual([0]);
  const [from, to] = ["2026-11-01T00:00:00Z", "2026-11-05T00:00:00Z"];
  expect(["2026-10-01", "2026-11-02", "2027-01-01"].map((at) => placeIn(at, from, to))).toEqual([
    0, 0.25, 1,
  ]);
  expect(placeIn(from, from, from)).toBe(0);
});
