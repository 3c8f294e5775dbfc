import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { languages } from "../src/language/languages.ts";
import { languages as apart } from "./pages.ts";

const all = Object.keys(languages);

test("the script before the first paint knows the same languages", () => {
  const script = readFileSync("public/assets/theme-init.js", "utf8");
  expect(JSON.parse(script.match(/spoken = (\[.*\])/)?.[1] ?? "[]")).toEqual(all);
});

test("every language but English is asked for at once", () => {
  expect(["en", ...apart]).toEqual(all);
});
