import { expect, test } from "vitest";
import { describeDays, firstOf, keptShare, line, listOf, took } from "./days";

const day = (date: string, created: number, resolved: number) => ({ date, created, resolved });

test("the sentence tells the sums and how often the desk fell behind", () => {
  expect(describeDays([day("2026-11-24", 3, 1), day("2026-11-25", 1, 2)])).toBe(
    "4 created, 3 resolved; more were created than resolved on 1 of 2 days.",
  );
  expect(describeDays([day("2026-11-24", 0, 0)])).toBe("Nothing happened in 1 days.");
});

test("a day opens what was filed on it, also at the end of a year", () => {
  expect(listOf("2026-12-31")).toBe("/tickets?created_after=2026-12-31&created_before=2027-01-01");
});

test("a range ends today and has so many days", () => {
  expect(firstOf(30, new Date("2026-11-25T23:59:00Z"))).toBe("2026-10-27");
});

test("a line reaches from the left to the right, and from the bottom to the top", () => {
  expect(line([0, 2, 4], 4)).toBe("0.0,100.0 500.0,50.0 1000.0,0.0");
  expect(line([0, 0], 0)).toBe("0.0,100.0 1000.0,100.0");
});

test("a time is told in the unit that says most", () => {
  expect([null, 90, 7_200, 260_000].map(took)).toEqual(["–", "1.5 min", "2 hr", "3 days"]);
});

test("what the models had set was kept so often", () => {
  expect(keptShare([])).toBeNull();
  const counts = (kept: number, changed: number) => ({ kept, changed });
  const models = [{ source: "local" as const, category: counts(3, 1), priority: counts(3, 1) }];
  expect(keptShare(models)).toBe(0.75);
});
