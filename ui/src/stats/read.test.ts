import { expect, test } from "vitest";
import { nameOf, pointsOf } from "./read";

const day = (date: string, created: number, resolved: number) => ({ date, created, resolved });

test("each day has its place on the line and says what happened", () => {
  const days = [day("2026-11-24", 3, 1), day("2026-11-25", 0, 0), day("2026-11-26", 1_200, 2)];
  expect(pointsOf(days)).toEqual([
    { x: 0, text: "Nov 24, 2026: 3 created, 1 resolved" },
    { x: 0.5, text: "Nov 25, 2026: 0 created, 0 resolved" },
    { x: 1, text: "Nov 26, 2026: 1,200 created, 2 resolved" },
  ]);
  expect(pointsOf([day("2026-11-24", 1, 0)])[0]?.x).toBe(0);
});

test("a day keeps its name west of Greenwich", () => {
  expect(nameOf("2026-11-24")).toBe("Nov 24, 2026");
});
