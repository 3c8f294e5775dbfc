// @vitest-environment jsdom
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import deEachDay from "./de/eachDay";
import de from "./de/first";
import deShadow from "./de/shadow";
import deWork from "./de/work";
import enEachDay from "./en/eachDay";
import en from "./en/first";
import enShadow from "./en/shadow";
import enWork from "./en/work";
import esEachDay from "./es/eachDay";
import es from "./es/first";
import esShadow from "./es/shadow";
import esWork from "./es/work";
import type { languages } from "./languages";

type Entry = { path: string; message: unknown };

const catalogues = {
  en: { ...en, ...enWork, shadow: enShadow, eachDay: enEachDay },
  de: { ...de, ...deWork, shadow: deShadow, eachDay: deEachDay },
  es: { ...es, ...esWork, shadow: esShadow, eachDay: esEachDay },
} satisfies Record<keyof typeof languages, unknown>;

function entries(of: object, path = ""): Entry[] {
  return Object.entries(of).flatMap(([name, message]) => {
    const here = path ? `${path}.${name}` : name;
    // English has none: there the server's own words stand
    if (here === "ui.refusals") return [];
    return message && typeof message === "object"
      ? entries(message, here)
      : [{ path: here, message }];
  });
}

/** A word for each parameter that is a word, so that one sees which of them a message says. */
function said(message: unknown): string {
  if (typeof message !== "function") return String(message);
  const marks = Array.from({ length: message.length }, (_, n) => `mark${n}`);
  const around = (mark: string) => Object.assign((text: string) => text, { toString: () => mark });
  for (const parameters of [marks, marks.map(() => 2), marks.map(around), [["a", "b"], "c"]]) {
    try {
      const result = message(...parameters);
      const text = typeof result === "string" ? result : renderToStaticMarkup(result);
      if (!/undefined|NaN|\[object/.test(text)) return text;
    } catch {
      // it wants other parameters
    }
  }
  return "";
}

beforeEach(() => {
  vi.stubGlobal("navigator", { languages: ["en"] });
  // words are tried where a message wants functions
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const english = new Map(entries(catalogues.en).map(({ path, message }) => [path, message]));

test.each(["de", "es"] as const)(
  "%s says all that English says, with the same parameters",
  (to) => {
    const found = entries(catalogues[to]);
    expect(found.map(({ path }) => path).sort()).toEqual([...english.keys()].sort());
    for (const { path, message } of found) {
      const original = english.get(path);
      expect(typeof message, path).toBe(typeof original);
      if (typeof message === "function" && typeof original === "function") {
        expect(message.length, path).toBe(original.length);
      }
      if (typeof message === "string") expect(message.trim(), path).not.toBe("");
    }
  },
);

test.each(["de", "es"] as const)("%s leaves no parameter out that English has", (to) => {
  for (const { path, message } of entries(catalogues[to])) {
    const marks = said(english.get(path)).match(/mark\d/g) ?? [];
    for (const mark of marks) expect(said(message), path).toContain(mark);
  }
});

test.each(["de", "es"] as const)("%s is not left in English", (to) => {
  const words = /\b(?!mark)[a-z]{3,} (?!mark)[a-z]{3,}/i;
  const same = entries(catalogues[to]).filter(({ path, message }) => {
    const text = said(message);
    return text === said(english.get(path)) && words.test(text);
  });
  expect(same.map(({ path }) => path)).toEqual([]);
});
