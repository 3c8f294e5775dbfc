// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { current } from "./current";
import { average, distance, duration, list, moment, number, waiting } from "./format";
import { isLanguage, localeFor, pick, readChoice } from "./languages";
import { percent } from "./percent";
import { pluralsOf } from "./plural";
import { choose, speak, speakFirst, t } from "./text";
import { isReady, t as whole } from "./work";

const store = new Map<string, string>();
beforeEach(() => {
  store.clear();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, text: string) => store.set(name, text),
    removeItem: (name: string) => store.delete(name),
  });
  vi.stubGlobal("navigator", { languages: ["fr", "de-AT", "en"] });
});
afterEach(async () => {
  await speak("en");
  vi.unstubAllGlobals();
});

test("the first language that is asked for and known is spoken, and English where none is", () => {
  expect(pick(["fr", "de-AT", "en"])).toBe("de");
  expect(pick(["ES-mx", "en"])).toBe("es");
  expect(pick(["fr", "toString"])).toBe("en");
  expect(pick([])).toBe("en");
  expect(isLanguage("__proto__")).toBe(false);
});

test("dates and numbers are those of the region, where the browser names one", () => {
  expect(localeFor("de", ["fr", "de-AT"])).toBe("de-AT");
  expect(localeFor("es", ["fr", "de-AT"])).toBe("es");
});

test("a plural is the language's own", () => {
  const forms = { one: "one", few: "few", many: "many", other: "other" };
  const russian = pluralsOf("ru");
  expect([1, 2, 5, 21].map((count) => russian(count, forms))).toEqual([
    "one",
    "few",
    "many",
    "one",
  ]);
  // a form that is not given is the other
  expect(pluralsOf("en")(1, { other: "other" })).toBe("other");
  expect([0, 1, 2].map((count) => whole.tickets.count(count))).toEqual([
    "0 tickets",
    "1 ticket",
    "2 tickets",
  ]);
});

test("all parts change their language together, and the document says which it is", async () => {
  await isReady;
  expect([t.words.status, whole.words.title, whole.tickets.all]).toEqual([
    "Status",
    "Title",
    "All",
  ]);
  await speak("es");
  expect([t.words.status, whole.words.title, whole.tickets.all]).toEqual([
    "Estado",
    "Título",
    "Todos",
  ]);
  expect(whole.tickets.count(1)).toBe("1 ticket");
  expect(document.documentElement.lang).toBe("es");
  expect(document.documentElement.dir).toBe("ltr");
});

test("the language that is asked for last is spoken, whichever is loaded first", async () => {
  await Promise.all([speak("de"), speak("es"), speak("de")]);
  expect([current(), t.words.priority, whole.tickets.all]).toEqual(["de", "Priorität", "Alle"]);
});

test("what is chosen is kept, and the system's language is what the browser asks for", async () => {
  await choose("es");
  expect([readChoice(), current()]).toEqual(["es", "es"]);
  await choose("system");
  expect([readChoice(), current()]).toEqual(["system", "de"]);
});

test("at first it is the document's language, and English where that is none of ours", async () => {
  document.documentElement.lang = "de";
  await speakFirst();
  expect(current()).toBe("de");
  await speak("en");
  document.documentElement.lang = "xx";
  await speakFirst();
  expect(current()).toBe("en");
});

test("numbers, dates and lists are written as the language writes them", async () => {
  const then = "2026-11-03T14:05:00";
  expect(number(12_345)).toBe("12,345");
  expect(list(["a", "b", "c"])).toBe("a, b, and c");
  expect(moment(then)).toBe("Nov 3, 2026, 2:05 PM");
  expect([waiting(1), waiting(30), waiting(150)]).toEqual(["1 second", "30 seconds", "3 minutes"]);
  await speak("de");
  expect(number(12_345)).toMatch(/^12.345$/);
  expect(average(1)).toBe("1,0");
  expect(percent(0.834)).toBe("83 %");
  expect(list(["a", "b", "c"])).toBe("a, b und c");
  expect(moment(then)).toMatch(/^0?3\.(11\.|\s?Nov\.? ?)2026, 14:05$/);
  expect(distance(-2, "day")).toBe("vorgestern");
  expect(duration(2.5, "hour")).toBe("2,5 Std.");
  expect(waiting(30)).toBe("30 Sekunden");
});
