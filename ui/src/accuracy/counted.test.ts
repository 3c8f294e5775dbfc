import { expect, test } from "vitest";
import { changesOf, daysOfUse, pauses, useOf } from "./counted";
import type { Model, Report, Turn, UsageOfDay } from "./report";
import { heights, middles, placeIn } from "./scale";
import { describeBreaker } from "./sentences";
import { amount, describeUse, describeUseOfDay } from "./useWords";

const bare = { input_tokens: null, output_tokens: null, cost: null };
const model = (more: object) => ({ source: "gemini", model: "flash", ...bare, ...more }) as Model;
const report = (...usage: object[]) => ({ usage }) as Report;
const day = (more: Partial<UsageOfDay>) => ({
  ...{ day: "2026-11-26", source: "gemini", model: "flash", calls: 0, cache_hits: 0 },
  ...{ input_tokens: 0, output_tokens: 0, cost: 0 },
  ...more,
});
const plain = (text: string) => text.replace("\u00a0", " ");

test("null is not counted, and none is none", () => {
  expect(describeUse(useOf(report(), model({})))).toBe("Calls, tokens and cost are not counted.");
  expect(describeUse(useOf(report(day({})), model({})))).toBe(
    "0 calls, 0 tokens in, 0 tokens out, about $0.00, 0 answers from memory.",
  );
  expect(useOf(report(day({ cost: null }), day({ cost: 1 })), model({})).cost).toBeNull();
});

test("use is told as far as it is known, of this model alone", () => {
  const usage = report(
    day({ day: "2026-11-27", calls: 1, input_tokens: 280, output_tokens: 4, cost: 0.0002 }),
    day({ calls: 2, input_tokens: 1_000, output_tokens: 20, cost: 0.004, cache_hits: 1 }),
    day({ model: "pro", calls: 7 }),
    day({ source: "openai", calls: 9 }),
  );
  expect(plain(describeUse(useOf(usage, model({}))))).toBe(
    "3 calls, 1,280 tokens in, 24 tokens out, about $0.0042, 1 answer from memory (25 %).",
  );
  expect(daysOfUse(usage, model({})).map((one) => plain(describeUseOfDay(one)))).toEqual([
    "2026-11-26: 2 calls, 1,000 tokens in, 20 tokens out, about $0.004, 1 answer from memory (33 %).",
    "2026-11-27: 1 call, 280 tokens in, 4 tokens out, about $0.0002, 0 answers from memory (0 %).",
  ]);
  // what is kept with the suggestions is known besides
  expect(describeUse(useOf(report(), model({ input_tokens: 12, output_tokens: 3 })))).toBe(
    "12 tokens in, 3 tokens out.",
  );
  expect([amount("cost", 12), amount("calls", 1_200), amount("cost", null)]).toEqual([
    "$12.00",
    "1,200",
    null,
  ]);
});

test("a pause begins as a breaker opens and ends as it closes, whatever is tried between", () => {
  const turn = (at: number, state: string): Turn => ({
    at: `2026-11-2${at}T00:00:00Z`,
    state,
    last_failure: null,
  });
  const history = [turn(5, "open"), turn(4, "closed"), turn(3, "open"), turn(2, "half_open")];
  const changes = changesOf({ state: "open", history: [...history, turn(1, "open")] });
  expect(pauses(changes).map(({ from, to }) => [from.slice(8, 10), to?.slice(8, 10)])).toEqual([
    ["21", "24"],
    ["25", undefined],
  ]);
  expect(describeBreaker(changes)).toMatch(/^The language model was left alone 2 times; it is /);
  expect(describeBreaker(changes.slice(0, 4))).toMatch(
    /^The language model was left alone 1 time, last until /,
  );
  expect([describeBreaker([]), describeBreaker(null)]).toEqual([
    "No model had to be left alone.",
    "No language model is asked here.",
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
