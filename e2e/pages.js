// Pages in a browser that complain where a person would: to the console, to axe, by scrolling sideways.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.E2E_PICTURES;

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Opens a page whose console must stay quiet; `complaints` is what was heard. */
/**
 * A page that knows what it asked for itself, since many tests are about what it does not know yet; with
 * `live` it is told of changes, as in life.
 */
export async function newPage(browser, baseURL, { live = false, ...options } = {}) {
  const context = await browser.newContext({ baseURL, bypassCSP: false, viewport: desktop, ...options });
  if (!live) await context.addInitScript(() => delete window.EventSource);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // a refused request is the matter of the test that provokes it
    const isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  return Object.assign(page, { complaints });
}

/** No violation of accessibility in either theme, on a desktop or a phone; takes pictures if asked to. */
export async function looksRight(page, name) {
  const before = page.viewportSize();
  const widths = [["desktop", desktop], ["phone", phone]];
  for (const [kind, viewport] of widths) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      // by the debugger, not by a script element: the policy forbids those
      const { violations } = await page.evaluate(`${axe}; axe.run()`);
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`),
        [],
        `${name}, ${kind}, ${colorScheme}`,
      );
      await picture(page, `${name}-${kind}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  for (const width of [320, 800]) {
    await page.setViewportSize({ width, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${name} scrolls sideways at ${width} pixels: ${wide}`);
  }
  await page.setViewportSize(before);
}

/** A picture for the eye, where a folder is given for it. */
export async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

/** Files a ticket by the form. */
export async function file(page, title, description, choose = {}) {
  await page.goto("/");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill(description);
  for (const [label, value] of Object.entries(choose)) {
    await page.getByLabel(label, { exact: true }).selectOption(value);
  }
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("heading", { name: /Ticket \d+ is filed/ }).waitFor();
}

/** Calls the API as somebody else would. */
export async function elsewhere(url, method, path, body) {
  const answer = await fetch(url + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

export const focused = (page) =>
  page.evaluate(() => {
    const { id, textContent, ariaLabel } = document.activeElement;
    return id || ariaLabel || textContent;
  });

/** Presses keys one after the other. */
export async function pressAll(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until the server has a ticket so. */
export const becomes = (page, id, values) =>
  page.waitForFunction(
    async ([id, values]) => {
      const ticket = await (await fetch(`/api/tickets/${id}/`)).json();
      return Object.entries(values).every(([name, value]) => ticket[name] === value);
    },
    [id, values],
  );
