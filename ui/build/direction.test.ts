import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What names a side of the page, where it would have to name the side on which a line begins or ends. */
const PHYSICAL = [
  /(^|[\s;{])(margin|padding|border|scroll-margin|scroll-padding)-(left|right)\b/,
  /(^|[\s;{])border-(top|bottom)-(left|right)-radius\s*:/,
  /(^|[\s;{])(left|right)\s*:/,
  /(^|[\s;{])(text-align|float|clear|justify-content|caption-side)\s*:[^;]*\b(left|right)\b/,
  /(^|[\s;{])(background-position|object-position|transform-origin)\s*:[^;]*\b(left|right)\b/,
];
/** Four lengths of which the second is another than the fourth: right and left. */
const UNEVEN =
  /(^|[\s;{])(margin|padding|inset|border-width|border-radius|border-color)\s*:\s*([^;]+)/;

function isUneven(line: string): boolean {
  const value = line.match(UNEVEN)?.[3];
  const lengths =
    value
      ?.split("/")[0]
      ?.trim()
      .match(/(\([^()]*(\([^()]*\)[^()]*)*\)|[^\s()])+/g) ?? [];
  if (/border-radius/.test(line)) return lengths.length > 1 && new Set(lengths).size > 1;
  return lengths.length === 4 && lengths[1] !== lengths[3];
}

/** Declarations that may name a side, with the reason. */
const ALLOWED: Record<string, string> = {};

/** Lines of a style sheet that would be wrong from right to left. */
function physical(name: string, css: string): string[] {
  const plain = css.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, " "));
  return plain.split("\n").flatMap((line, n) => {
    const isWrong = PHYSICAL.some((pattern) => pattern.test(line)) || isUneven(line);
    const key = `${name}: ${line.trim()}`;
    return isWrong && !(key in ALLOWED) ? [`${name}:${n + 1}: ${line.trim()}`] : [];
  });
}

const sheets = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".css"),
);

test("style sheets say where a line begins and ends, not left and right", () => {
  expect(sheets.length).toBeGreaterThan(20);
  expect(sheets.flatMap((path) => physical(path, readFileSync(join("src", path), "utf8")))).toEqual(
    [],
  );
});

test("what names a side is found, and what is even is left alone", () => {
  const wrong = [
    "margin-left: 4px;",
    "left: 0;",
    "text-align: right;",
    "padding: 0 4px 0 8px;",
    "inset: 0 auto 0 0;",
    "border-radius: 4px 0 0 4px;",
    "border-top-left-radius: 4px;",
  ];
  const right = [
    "margin-inline-start: 4px;",
    "inset-inline-start: 0;",
    "text-align: end;",
    "padding: 0 4px 8px;",
    "padding: 0 calc(1px + 2px) 1px calc(1px + 2px);",
    "border-radius: 4px;",
    "float: inline-end;",
  ];
  expect(wrong.filter((line) => physical("a.css", line).length === 0)).toEqual([]);
  expect(right.filter((line) => physical("a.css", line).length > 0)).toEqual([]);
});
