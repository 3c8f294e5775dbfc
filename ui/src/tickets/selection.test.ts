import { expect, test } from "vitest";
import { nothing, toggled, upTo } from "./selection";

const order = [9, 8, 7, 6, 5];
const ids = (selection: { ids: ReadonlySet<number> }) => [...selection.ids].sort();

test("a range goes from the last chosen row to this one, either way", () => {
  const one = toggled(nothing, 8);
  expect(ids(upTo(one, 6, order))).toEqual([6, 7, 8]);
  expect(ids(upTo(toggled(nothing, 5), 7, order))).toEqual([5, 6, 7]);
  expect(ids(upTo(nothing, 7, order))).toEqual([7]);
});

test("a second time lets go", () => {
  const two = toggled(toggled(nothing, 8), 7);
  expect(ids(toggled(two, 8))).toEqual([7]);
});
