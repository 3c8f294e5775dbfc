import { expect, test } from "vitest";
import { level, listOf } from "./Matrix";
import { daysOf, hrefWith, modelOf } from "./range";
import type { Model } from "./report";

const model = (source: Model["source"], version: string | null) =>
  ({ source, model: "m", model_version: version, prompt_version: null }) as Model;

test("only ranges that are offered are taken from the URL", () => {
  expect(["days=7", "days=8", "days=x", ""].map(daysOf)).toEqual([7, 30, 30, 30]);
});

test("a model is found again by the link to it, and the first stands for what is not there", () => {
  const models = [model("local", null), model("local", "2")];
  const search = hrefWith("days=90", "model", "local m 2").split("?")[1] ?? "";
  expect(search).toBe("days=90&model=local+m+2");
  expect(modelOf(search, models)).toBe(models[1]);
  expect(modelOf("model=gone", models)).toBe(models[0]);
  expect(modelOf("", [])).toBeUndefined();
});

test("a word opens the list of what ended so", () => {
  expect(listOf("category", "billing")).toBe("/tickets?category=billing&status=resolved,closed");
});

test("a cell is tinted by its part of the row, and one is never none", () => {
  expect([0, 1, 50, 949].map((n) => level(n, [0, 1, 50, 949]))).toEqual([0, 1, 1, 4]);
  expect(level(0, [0, 0])).toBe(0);
});
