import { expect, test } from "vitest";
import { inWords } from "./SaveState";

test("the state of what was changed, in words", () => {
  const calm = { online: true, count: 0, troubled: 0, done: 0 };
  const text = (facts: Partial<typeof calm>) => inWords({ ...calm, ...facts }).text;
  expect(text({})).toBe("");
  expect(text({ done: 1 })).toBe("Saved");
  expect(text({ done: 2, count: 2 })).toBe("Saving 2");
  expect(text({ done: 2, troubled: 1 })).toBe("1 not saved");
  expect(text({ online: false })).toBe("Offline");
  expect(text({ online: false, count: 2 })).toBe("Offline, 2 waiting");
});
