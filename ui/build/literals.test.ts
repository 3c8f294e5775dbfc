// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of code
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { literals } from "./literals.ts";

/** Folders of `src` whose text is not in the catalogue yet. It is to be empty. */
const NOT_MOVED_YET: string[] = [];

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|gen)\.tsx?$/.test(path))
  .filter((path) => !/^language[/\\](en|de|es)[/\\]/.test(path))
  .filter((path) => !NOT_MOVED_YET.some((folder) => path.startsWith(folder)));

test("whatever people read stands in the catalogue", () => {
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.flatMap((path) => literals(path, readFileSync(join("src", path), "utf8")));
  expect(found).toEqual([]);
}, 60_000);

test.each([
  "const a = <p>Some text</p>;",
  'const a = <p>{on ? "On" : "Off"}</p>;',
  'const a = <p>{name || "nobody"}</p>;',
  "const a = <p>{`${count} tickets`}</p>;",
  'const a = <img alt="A picture" />;',
  "const a = <button aria-label={`Remove ${name}`} />;",
  'const a = <Field label="Name" />;',
  'usePageTitle("Settings");',
  "setFailure(`Failed: ${why}`);",
  'const reason = "somebody changed it since.";',
  'throw new Problem(0, "The server cannot be reached.");',
])("%s is found", (code) => {
  expect(literals("a.tsx", code)).not.toEqual([]);
});

test.each([
  'const a = <p className="error wide">{t.some}: {count} %</p>;',
  'const a = <p data-kind={on ? "good" : "bad"} />;',
  "const a = <h1>frontdesk</h1>;",
  'const a = <p>{word === "open" && t.open}</p>;',
  'import a from "./Some thing";',
  "const query = `status=${status}`;",
])("%s is left alone", (code) => {
  expect(literals("a.tsx", code)).toEqual([]);
});
