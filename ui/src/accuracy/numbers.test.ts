import { expect, test } from "vitest";
import { isWide, milliseconds, percent, shareOf, span } from "./numbers";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("the interval is the server's", () => {
  // Newcombe 1998, table I
  for (const [k, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const share = shareOf(k, n);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  }
  expect(shareOf(0, 0)).toEqual({ k: 0, n: 0, share: null, low: null, high: null });
});

test("a small sample is known as one, also where all of it is right", () => {
  expect(isWide(shareOf(5, 5))).toBe(true);
  expect(isWide(shareOf(50, 100))).toBe(false);
  expect(isWide(shareOf(0, 0))).toBe(true);
});

test("what is not quite all or nothing does not look like it", () => {
  const shares = [1, 0.9999, 0.996, 0.83, 0.004, 0.0001, 0];
  const told = ["100 %", "99.9 %", "99.6 %", "83 %", "0.4 %", "0.1 %", "0 %"];
  expect(shares.map(percent).map(plain)).toEqual(told);
  expect(plain(span(shareOf(5, 6)))).toBe("44 to 97 %");
});

test("a duration has two digits and the unit that suits it", () => {
  expect([0.038, 0.27, 17.3, 640, 1_240].map(milliseconds)).toEqual([
    "0.038 ms",
    "0.27 ms",
    "17 ms",
    "640 ms",
    "1.2 s",
  ]);
});
