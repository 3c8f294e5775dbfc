import { expect, test } from "vitest";
import { marked } from "./marked";

test("phrases are marked wherever they stand, the longest first, every character literal", () => {
  expect(marked("Charged twice? charged.", ["charged", "Charged twice?"])).toEqual([
    { text: "Charged twice?", isMarked: true },
    { text: " ", isMarked: false },
    { text: "charged", isMarked: true },
    { text: ".", isMarked: false },
  ]);
  expect(marked("a.c abc", ["a.c"]).filter(({ isMarked }) => isMarked).length).toBe(1);
  expect(marked("plain", [])).toEqual([{ text: "plain", isMarked: false }]);
});
