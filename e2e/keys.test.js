// Keys drawn on what they stand for, and other keys for the same commands.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, focused, looksRight, newPage, picture, pressAll } from "./pages.js";

let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const title of ["One", "Two"]) {
    await elsewhere(server.url, "POST", "/api/tickets/", { title, description: "d", category: "general", priority: "low" });
  }
  page = await newPage(browser, server.url);
});
beforeEach(async () => {
  await page.goto("/tickets");
  await page.getByText("Two").waitFor();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const help = () => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const caps = () => page.locator("[data-cap]");
const capOf = (id) => page.locator(`[data-cap=${id}]`);

test("the help draws each key on its control, until the next key, which does what it says", async () => {
  await pressAll(page, "?");
  await help().getByRole("button", { name: "Show them on the page" }).click();
  await capOf("goStats").waitFor();
  const shown = await caps().evaluateAll((all) => all.map(({ dataset }) => dataset.cap));
  for (const id of ["help", "palette", "search", "goSubmit", "goTickets", "goTriage", "goStats", "goAccuracy", "filter", "open", "select", "status"]) {
    assert.ok(shown.includes(id), `${id} is drawn: ${shown}`);
  }
  await picture(page, "key-caps");
  const [cap, link] = [await capOf("goStats").boundingBox(), await page.getByRole("link", { name: "Dashboard" }).boundingBox()];
  assert.ok(Math.abs(cap.x - link.x) < 20 && Math.abs(cap.y - link.y) < 20, "it stands at its control");
  assert.equal(await capOf("goStats").textContent(), "g then s");
  await pressAll(page, "j");
  await caps().first().waitFor({ state: "detached" });
  assert.equal(await focused(page), "row-2");
});

test("the help's key once more shows them too, and held down it shows them as long", async () => {
  await pressAll(page, "?");
  await help().waitFor();
  await pressAll(page, "?");
  await capOf("search").waitFor();
  await help().waitFor({ state: "detached" });
  await page.mouse.click(5, 5);
  await caps().first().waitFor({ state: "detached" });

  await page.keyboard.down("?");
  await help().waitFor();
  await page.keyboard.down("?");
  await capOf("search").waitFor();
  await page.keyboard.down("?");
  assert.equal(await help().count(), 0, "it is still held");
  await picture(page, "key-caps-held");
  await page.keyboard.up("?");
  await caps().first().waitFor({ state: "detached" });
});

test("an open ticket's controls have them too", async () => {
  await page.goto("/tickets/1");
  await page.getByText("· filed").waitFor();
  await pressAll(page, "?");
  await help().waitFor();
  await pressAll(page, "?");
  for (const id of ["back", "category", "priority"]) await capOf(id).waitFor();
});

async function field(group, label) {
  await page.goto("/settings");
  await page.getByText(group, { exact: true }).click();
  return page.getByLabel(`Key for “${label}”`);
}

test("a command takes another key, and help, palette and buttons follow, also after a reload", async () => {
  const next = await field("In the list", "Next ticket");
  assert.equal(await next.inputValue(), "j");
  await next.fill("h");
  await next.press("Enter");
  await page.getByText("was j").waitFor();
  assert.equal(await focused(page), "key-next", "the focus stays");
  await looksRight(page, "settings-keys");
  await page.goto("/tickets");
  await page.getByText("Two").waitFor();
  await pressAll(page, "j");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY", "the old one does nothing");
  await pressAll(page, "h");
  assert.equal(await focused(page), "row-2");
  await pressAll(page, "?");
  await help().waitFor();
  const names = await help().locator("dl > div").filter({ hasText: "Next ticket" }).locator("kbd").allTextContents();
  assert.deepEqual(names, ["h", "↓"]);
  await pressAll(page, "Escape");
  await help().waitFor({ state: "detached" });
  await pressAll(page, "Control+k");
  await page.getByRole("option", { name: "Next ticket h ↓" }).waitFor();
});

test("a key that is taken is refused and its command named; a reset brings all back", async () => {
  const previous = await field("In the list", "Previous ticket");
  await previous.fill("g");
  await previous.press("Tab");
  await page.getByRole("alert").getByText("“g” is the key for “Submit a ticket”, or the start of it.").waitFor();
  await looksRight(page, "settings-keys-taken");
  await previous.fill("abc");
  await previous.press("Enter");
  await page.getByRole("alert").getByText("Enter one key, or two").waitFor();
  await previous.fill("w k");
  await previous.press("Enter");
  await page.getByText("was k").waitFor();
  await page.getByRole("button", { name: "Reset all keys" }).click();
  await page.getByText("All keys are as they were.").waitFor();
  assert.equal(await previous.inputValue(), "k");
  assert.equal(await page.evaluate(() => localStorage.getItem("frontdesk.keys")), null);
});
