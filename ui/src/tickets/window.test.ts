import { expect, test } from "vitest";
import { drawn, MOST_ROWS, towards } from "./window";

test("what is in sight is drawn, and some beyond it", () => {
  expect(drawn(0, 440, 44, 10_000)).toEqual({ first: 0, end: 18 });
  expect(drawn(4400, 4840, 44, 10_000)).toEqual({ first: 92, end: 118 });
  expect(drawn(0, 440, 44, 3)).toEqual({ first: 0, end: 3 });
  expect(drawn(0, 440, 44, 0)).toEqual({ first: 0, end: 0 });
});

test("never more than the most, wherever one stands and however high the window is", () => {
  for (const high of [0, 300, 900, 2160, 10_000]) {
    for (const top of [-500, 0, 17, 44_000, 439_999, 900_000]) {
      for (const height of [36, 44, 72]) {
        const { first, end } = drawn(top, top + high, height, 10_000);
        expect(end - first).toBeLessThan(MOST_ROWS);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(10_000);
        expect(end).toBeGreaterThanOrEqual(first);
      }
    }
  }
});

test("one scrolls only as far as the row needs", () => {
  expect(towards(100, 540, 44, 5)).toBe(0);
  expect(towards(100, 540, 44, 0)).toBe(-100);
  expect(towards(100, 540, 44, 12)).toBe(32);
});
