// What each page costs on the wire, from the built files; fails past the budget. Run it after a build.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const KB = 1024;
/** All that one language says. */
const TEXT = 12 * KB;
const font = { name: "font", most: 32 * KB };
const budgets = {
  form: { module: "index.html", js: 86 * KB, css: 6 * KB, all: 140 * KB },
  list: { module: "src/tickets/TicketsPage.tsx", js: 115 * KB, css: 10 * KB, all: 190 * KB },
  dashboard: { module: "src/stats/StatsPage.tsx", js: 115 * KB, css: 10 * KB, all: 190 * KB },
  accuracy: { module: "src/accuracy/AccuracyPage.tsx", js: 115 * KB, css: 10 * KB, all: 190 * KB },
};

const dist = join(import.meta.dirname, "../dist");
const manifestPath = join(dist, ".vite/manifest.json");
if (!existsSync(manifestPath)) {
  console.error("There is no build to measure: run `npm run build` first.");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));

/** As the server sends it: the compressed form where there is one. */
function bytes(file) {
  const path = join(dist, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

/** The files that one module needs, with those of what it imports at once. */
function needs(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) seen.add(file);
  for (const one of chunk.imports ?? []) needs(one, seen);
  return seen;
}

const sum = (files) => files.reduce((total, file) => total + bytes(file), 0);
const fonts = Object.values(manifest)
  .map(({ file }) => file)
  .filter((file) => file.endsWith(".woff2"));
const failures = [];
const check = (what, size, most) => {
  const line = `${what.padEnd(16)} ${(size / KB).toFixed(1).padStart(6)} of ${(most / KB).toFixed(0).padStart(4)} KB`;
  console.log(line);
  if (size > most) failures.push(line);
};

check("font", sum([...new Set(fonts)]), font.most);
for (const [name, budget] of Object.entries(budgets)) {
  const files = [...new Set([...needs("index.html"), ...needs(budget.module), ...fonts])];
  const js = sum([...files.filter((file) => file.endsWith(".js")), "assets/theme-init.js"]);
  const css = sum(files.filter((file) => file.endsWith(".css")));
  check(`${name}: js`, js, budget.js);
  check(`${name}: css`, css, budget.css);
  check(`${name}: all`, js + css + sum([...new Set(fonts), "index.html"]), budget.all);
}
// whoever reads another language has its text besides, at first only what the form says
const form =
  bytes("assets/theme-init.js") +
  sum([...needs("index.html")].filter((file) => file.endsWith(".js")));
const languages = Object.keys(manifest).flatMap(
  (key) => key.match(/^src\/language\/(\w+)\/first\.ts$/)?.[1] ?? [],
);
for (const language of languages) {
  const text = (part) => bytes(manifest[`src/language/${language}/${part}.ts`].file);
  check(`form in ${language}: js`, form + text("first"), budgets.form.js);
  check(`${language}: all text`, text("first") + text("work"), TEXT);
}
if (failures.length > 0) {
  console.error(`\nPast the budget:\n${failures.join("\n")}`);
  process.exit(1);
}
