// Each key that the help names does what it says, and none does anything in a field or when switched off.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, focused, looksRight, newPage } from "./pages.js";

let browser;
let server;
let page;
const file = (title) =>
  elsewhere(server.url, "POST", "/api/tickets/", { title, description: "d", category: "general", priority: "low" });

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const title of ["One", "Two", "Three"]) await file(title);
  page = await newPage(browser, server.url);
});
beforeEach(async () => {
  await page.goto("/tickets");
  await page.getByText("Three").waitFor();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const at = async (id) => assert.equal(await focused(page), id);

test("the help names every key that is tested here", async () => {
  await press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  const keys = await page.locator("dialog kbd").allTextContents();
  const tested = ["?", "/", "g then n", "g then t", "g then s", "j", "k", "↓", "↑", "Home", "End", "o", "x", "X", ".", "s", "c", "p", "Esc"];
  assert.deepEqual(keys.toSorted(), tested.toSorted());
  await looksRight(page, "shortcuts");
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("one moves through the list", async () => {
  await press("j");
  await at("row-3");
  await press("j");
  await at("row-2");
  await press("k");
  await at("row-3");
  await press("ArrowDown");
  await at("row-2");
  await press("ArrowUp");
  await at("row-3");
  await press("End");
  await at("row-1");
  await press("Home");
  await at("row-3");
  await press("s");
  assert.equal(await focused(page), "Status of ticket 3");
});

test("one opens, changes and closes a ticket, and goes on from there", async () => {
  await press("j", "j", "o");
  const panel = page.getByRole("complementary", { name: "Ticket 2" });
  await panel.getByText("· filed").waitFor();
  await press("s");
  await at("ticket-Status");
  await panel.focus();
  await press("c");
  await at("ticket-Category");
  await panel.focus();
  await press("p");
  await at("ticket-Priority");
  await press("Escape");
  await page.waitForFunction(() => document.activeElement.id === "row-2");
  await press("j");
  await at("row-1");
});

test("one goes from page to page", async () => {
  await press("g", "s");
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  await press("g", "t");
  await page.getByRole("heading", { name: "Tickets" }).waitFor();
  await press("/");
  await at("search");
  // in a field a key is a letter
  await press("j", "?");
  assert.equal(await page.getByRole("searchbox").inputValue(), "j?");
  await page.goto("/stats");
  await page.getByText("Average per day").waitFor();
  await press("/");
  await page.waitForURL("**/tickets");
  await page.goto("/stats");
  await page.getByText("Average per day").waitFor();
  await press("g", "n");
  await page.getByLabel("Title").waitFor();
});

test("new tickets are shown by a key", async () => {
  const other = await newPage(browser, server.url);
  await other.clock.install();
  await other.goto("/tickets");
  await other.getByText("Three").waitFor();
  await other.keyboard.press("j");
  await file("Four");
  await other.clock.fastForward(16_000);
  await other.getByRole("button", { name: "1 new · show" }).waitFor();
  await other.keyboard.press(".");
  await other.getByText("Four").waitFor();
  await other.context().close();
});

test("single keys can be switched off, and stay so", async () => {
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.reload();
  await page.getByText("Three").waitFor();
  await press("j", "?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY");
  await page.evaluate(() => localStorage.clear());
});
