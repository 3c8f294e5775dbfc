// Each key that the help names does what it says, and none does anything in a field or when switched off.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, focused, looksRight, newPage, pressAll } from "./pages.js";

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

const press = (...keys) => pressAll(page, ...keys);
const at = async (id) => assert.equal(await focused(page), id);

test("the help names every key that is tested here", async () => {
  await press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  const keys = await page.locator("dialog kbd").allTextContents();
  const tested = [
    ...["Ctrl+K", "?", "/", "g then n", "g then t", "g then s", "g then c", "g then a", "z", "u", "Esc"],
    ...["j", "k", "↓", "↑", "Page down", "Page up", "Home", "End", "o", "Enter", "Ctrl+Enter"],
    ...["x", "Space", "X", "Shift+↓", "Shift+↑", "Ctrl+A", "f", "."],
    ...["s", "c", "p", "e", "y"],
    // in `triage.test.js`
    ...["g then r", "y", "t", "1", "2", "3", "4", "n"],
  ];
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
  await at("status-3");
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

const selected = () => page.locator("[role=row][aria-selected=true]").count();

test("one selects by keys", async () => {
  await press("j", "x");
  assert.equal(await selected(), 1);
  await press("Space");
  assert.equal(await selected(), 0);
  await press("Shift+ArrowDown");
  await at("row-2");
  assert.equal(await selected(), 2);
  await press("Shift+ArrowDown");
  assert.equal(await selected(), 3);
  await press("Escape");
  assert.equal(await selected(), 0);
  await press("Shift+ArrowUp");
  assert.equal(await selected(), 2);
  await press("Escape", "Home", "x", "End", "X");
  assert.equal(await selected(), 3);
  await press("Escape", "Control+a");
  assert.equal(await selected(), 3);
  await press("PageUp");
  await at("row-3");
  await press("PageDown");
  await at("row-1");
  // the same key, for all of them
  await press("s");
  await at("bulk-Status");
});

test("one opens in a new tab, filters, copies a link, and finds any command", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await press("j", "y");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\/tickets\/3$/);
  const tab = page.context().waitForEvent("page");
  await press("Control+Enter");
  await (await tab).getByRole("complementary", { name: "Ticket 3" }).waitFor();
  await (await tab).close();
  await press("Enter");
  await page.waitForURL("**/tickets/3");
  await press("Escape");
  await press("f");
  await page.getByRole("checkbox", { name: "Closed" }).waitFor();
  await press("Escape");
  await press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.getByRole("option", { name: "Change the status s" }).waitFor();
  await looksRight(page, "palette");
  await page.keyboard.type("dash");
  await press("Enter");
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  // also from a field
  await press("/", "Control+k");
  await page.keyboard.type("2");
  await press("Enter");
  await page.getByRole("complementary", { name: "Ticket 2" }).waitFor();
});

test("a ticket is resolved and the next one comes", async () => {
  const { id } = await file("To be resolved");
  await page.goto("/tickets");
  await page.getByText("To be resolved").waitFor();
  await press("j", "o");
  await page.waitForURL(`**/tickets/${id}`);
  await press("e");
  await page.waitForURL("**/tickets/3");
  await page.waitForFunction(async (one) => (await (await fetch(`/api/tickets/${one}/`)).json()).status === "resolved", id);
  await elsewhere(server.url, "GET", `/api/tickets/${id}/`);
  await fetch(`${server.url}/api/tickets/${id}/`, { method: "DELETE" });
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
  await press("g", "a");
  await page.waitForURL("**/admin/users");
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
