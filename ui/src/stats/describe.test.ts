import { expect, test } from "vitest";
import { describe as sentence } from "./describe";

const words = { low: "Low", high: "High" };

test("the sentence names what leads", () => {
  expect(sentence(words, { low: 3, high: 1 })).toBe("Most tickets are low: 75 %.");
  expect(sentence(words, { low: 2, high: 2 })).toBe("Low and High lead with 50 % each.");
  const three = { ...words, medium: "Medium" };
  expect(sentence(three, { low: 2, high: 2, medium: 2 })).toBe(
    "Low, High, and Medium lead with 33 % each.",
  );
  expect(sentence(words, {})).toBe("There are no tickets yet.");
});
