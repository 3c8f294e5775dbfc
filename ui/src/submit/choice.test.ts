import { expect, test } from "vitest";
import { type Choice, chosen, filled, sent, undecided } from "./choice";
import { surety } from "./confidence";

type Word = "low" | "high";
const high = { value: "high", source: "gemini" } as const;

test("a suggestion fills what nobody chose, and is sent with its source", () => {
  const choice = filled<Word>(undecided, high);
  expect(choice).toEqual({ value: "high", by: "machine", source: "gemini" });
  expect(sent(choice)).toEqual({ value: "high", source: "gemini" });
});

test("a later suggestion replaces an earlier one", () => {
  const choice = filled<Word>(filled<Word>(undecided, high), { value: "low", source: "local" });
  expect(sent(choice)).toEqual({ value: "low", source: "local" });
});

test("what the person chose stays and is theirs, also where it is what was suggested", () => {
  expect(filled<Word>(chosen<Word>("low"), high)).toEqual({ value: "low", by: "you" });
  expect(sent(chosen<Word>("high", high))).toEqual({ value: "high", source: undefined });
});

test("what is left to us stays so for the same suggestion, and not for another", () => {
  const left = chosen<Word>("", high);
  expect(filled<Word>(left, high)).toBe(left);
  expect(sent(left)).toEqual({ value: undefined, source: undefined });
  expect(filled<Word>(left, { value: "low", source: "local" }).value).toBe("low");
});

test("an unsure suggestion fills nothing and takes an earlier one back", () => {
  const unsure = { ...high, confidence: 0.59 };
  expect(filled<Word>(undecided, unsure)).toEqual(undecided);
  expect(filled<Word>(filled<Word>(undecided, high), unsure)).toEqual(undecided);
  const mine: Choice<Word> = chosen<Word>("low");
  expect(filled<Word>(mine, unsure)).toBe(mine);
});

test("what a person has to look at first fills nothing", () => {
  expect(filled<Word>(undecided, { ...high, needsCheck: true })).toEqual(undecided);
});

test("the words for a confidence change where they should", () => {
  expect([0.8, 0.7999, 0.6, 0.5999].map(surety)).toEqual(["quite", "fairly", "fairly", "unsure"]);
});
