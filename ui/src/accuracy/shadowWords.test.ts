import { expect, test } from "vitest";
import type { Model, Paired, PairedField } from "./report";
import { describePair, namesOf } from "./shadowWords";

const share = (k: number, n: number) => ({ k, n, share: n ? k / n : null, low: 0, high: 1 });

function pair(n: number, difference: PairedField["difference"]): PairedField {
  const [served, shadow] = [share(0, n), share(0, n)];
  return { differ: share(3, 12), served, shadow, only_served: 0, only_shadow: 0, difference };
}

test("nothing is said of which is better before a ticket is done", () => {
  expect(describePair(pair(0, null), "Gemini")).toBe(
    "Both judged 12 tickets and differ on 3; none of these tickets is resolved or closed yet.",
  );
});

test("which is better is said only where the interval leaves no doubt", () => {
  expect(describePair(pair(80, { share: 0.07, low: 0.013, high: 0.124 }), "Gemini")).toBe(
    "On 80 tickets that both judged and that are done, Gemini in the shadow was right more often (difference in points: +7; 95 %: +1 to +12).",
  );
  expect(describePair(pair(80, { share: -0.07, low: -0.12, high: -0.004 }), "Gemini")).toBe(
    "On 80 tickets that both judged and that are done, Gemini in the shadow was right less often (difference in points: -7; 95 %: -12 to -0.4).",
  );
  expect(describePair(pair(1, { share: 0, low: -0.5, high: 0.5 }), "Gemini")).toContain(
    "1 ticket that both judged and that are done do not tell",
  );
});

test("two models of one source are told apart by their names", () => {
  const model = { source: "gemini", model: "new" } as Model;
  const served = { source: "gemini", model: "old" } as Paired;
  expect(namesOf(model, served)).toEqual({ shadow: "new", served: "old" });
  const local = { ...served, source: "local" } as Paired;
  expect(namesOf(model, local)).toEqual({ shadow: "Gemini", served: "Built-in classifier" });
});
