import { expect, test } from "vitest";
import { KeyReader } from "./KeyReader";
import { commands, keyOf } from "./registry";

test("no two commands of one place share a key, and none hides the start of a pair", () => {
  const keys = commands.flatMap(([, command]) => command.keys);
  const isTriage = (group: string) => group === "triage";
  for (const here of [true, false]) {
    const own = commands.filter(([, { group }]) => isTriage(group) === here);
    const there = own.flatMap(([, command]) => command.keys);
    expect(new Set(there).size).toBe(there.length);
  }
  const starts = keys.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]);
  expect(keys.filter((key) => starts.includes(key))).toEqual([]);
});

test("a pair is read within a second, and only then", () => {
  const reader = new KeyReader();
  expect(reader.read("g", 0)).toEqual([]);
  expect(reader.read("s", 500)).toEqual(["goStats"]);
  expect(reader.read("g", 1000)).toEqual([]);
  expect(reader.read("s", 2000)).toEqual(["status"]);
});

test("a key that ends no pair counts for itself", () => {
  const reader = new KeyReader();
  reader.read("g", 0);
  expect(reader.read("j", 100)).toEqual(["next"]);
  expect(reader.read("q", 200)).toEqual([]);
});

test("a key goes by what it types, with the modifiers that count", () => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  expect(keyOf({ ...none, key: "?", shiftKey: true })).toBe("?");
  expect(keyOf({ ...none, key: "ArrowDown", shiftKey: true })).toBe("Shift+ArrowDown");
  expect(keyOf({ ...none, key: "K", metaKey: true })).toBe("Ctrl+k");
  expect(keyOf({ ...none, key: "Enter", ctrlKey: true })).toBe("Ctrl+Enter");
  expect(keyOf({ ...none, key: " " })).toBe("Space");
  expect(keyOf({ ...none, key: "a", altKey: true })).toBeNull();
  // the browser's own
  expect(keyOf({ ...none, key: "A", ctrlKey: true, shiftKey: true })).toBeNull();
});
