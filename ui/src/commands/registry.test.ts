import { expect, test } from "vitest";
import { KeyReader } from "./KeyReader";
import { commands } from "./registry";

test("no two commands share a key, and none hides the start of a pair", () => {
  const keys = commands.flatMap(([, command]) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  const starts = keys.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]);
  expect(keys.filter((key) => starts.includes(key))).toEqual([]);
});

test("a pair is read within a second, and only then", () => {
  const reader = new KeyReader();
  expect(reader.read("g", 0)).toBeNull();
  expect(reader.read("s", 500)).toBe("goStats");
  expect(reader.read("g", 1000)).toBeNull();
  expect(reader.read("s", 2000)).toBe("status");
});

test("a key that ends no pair counts for itself", () => {
  const reader = new KeyReader();
  reader.read("g", 0);
  expect(reader.read("j", 100)).toBe("next");
  expect(reader.read("q", 200)).toBeNull();
});
