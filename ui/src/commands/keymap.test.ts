// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { KeyReader } from "./KeyReader";
import { canChoose, choose, chooseNone, clashOf, keysOf, keyTyped } from "./keymap";
import { commands } from "./registry";

beforeEach(chooseNone);

test("the registry's own keys clash with none", () => {
  for (const [id] of commands) {
    expect([id, ...keysOf(id).map((key) => clashOf(id, key))]).toEqual([id, null]);
  }
});

test("another key does what the first one did, which then does nothing", () => {
  expect(choose("next", "h")).toBeNull();
  expect(keysOf("next")).toEqual(["h"]);
  const reader = new KeyReader();
  expect([reader.read("h", 0), reader.read("j", 1)]).toEqual([["next"], []]);
  expect(choose("next", "j")).toBeNull();
  expect(localStorage.getItem("frontdesk.keys")).toBeNull();
});

test("two keys in turn may become others, and their first one waits for the second", () => {
  expect(choose("goStats", "w d")).toBeNull();
  const reader = new KeyReader();
  expect([reader.read("w", 0), reader.read("d", 1)]).toEqual([[], ["goStats"]]);
});

test("a key of another command is refused, and the other one named", () => {
  expect(choose("next", "k")).toBe("previous");
  expect(choose("next", "g")).toBe("goSubmit");
  expect(choose("goStats", "j x")).toBe("next");
  expect(choose("accept", "z")).toBe("undo");
  expect(choose("accept", "c")).toBe("category");
  expect(keysOf("next")).toEqual(["j"]);
});

test("places that are never there together may share a key", () => {
  expect(choose("skip", "j")).toBeNull();
  expect(choose("undo", "j")).toBe("next");
});

test("a freed key can be taken, and then its first owner does not get it back", () => {
  choose("next", "h");
  expect(choose("previous", "j")).toBeNull();
  expect(choose("next", "j")).toBe("previous");
  chooseNone();
  expect([keysOf("next"), keysOf("previous")]).toEqual([["j"], ["k"]]);
});

test("only what types a character can be chosen", () => {
  expect(["next", "goStats", "down", "palette", "nonsense"].map(canChoose)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(["j", "gs", "g s", "", "abc", "é"].map(keyTyped)).toEqual([
    "j",
    "g s",
    "g s",
    null,
    null,
    "é",
  ]);
});

test("what is kept is read again, and nonsense is not", async () => {
  localStorage.setItem("frontdesk.keys", '{"next":"h","down":"q","undo":7,"open":"much","x":"y"}');
  vi.resetModules();
  const again = await import("./keymap");
  expect([again.keysOf("next"), again.keysOf("down"), again.keysOf("undo")]).toEqual([
    ["h"],
    ["ArrowDown"],
    ["z"],
  ]);
  expect(again.keysOf("open")).toEqual(["o"]);
  localStorage.setItem("frontdesk.keys", "null");
  vi.resetModules();
  expect((await import("./keymap")).keysOf("next")).toEqual(["j"]);
});
