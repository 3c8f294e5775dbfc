import { expect, test } from "vitest";
import { steady } from "./steady";

test("rows stay where they are, with new content, and newer ones wait", () => {
  const kept = [
    { id: 3, text: "three" },
    { id: 2, text: "two" },
    { id: 1, text: "one" },
  ];
  const fresh = [
    { id: 5, text: "five" },
    { id: 4, text: "four" },
    { id: 3, text: "three, changed" },
    { id: 1, text: "one" },
  ];
  const { rows, waiting } = steady(kept, fresh);
  expect(rows.map((row) => row.text)).toEqual(["three, changed", "two", "one"]);
  expect(waiting).toBe(2);
});

test("older ones that move up from the next page are not new", () => {
  expect(steady([{ id: 9 }, { id: 8 }], [{ id: 9 }, { id: 7 }]).waiting).toBe(0);
});

test("in an empty list everything is new", () => {
  expect(steady([], [{ id: 1 }])).toEqual({ rows: [], waiting: 1 });
});
