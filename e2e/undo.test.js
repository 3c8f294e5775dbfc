// Undo that waits: several levels, one ticket or many, by a key or from the list of what was done.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { becomes as serverHas, elsewhere, looksRight, newPage, pressAll } from "./pages.js";

let browser;
let server;
let page;
let ids;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
});
beforeEach(async () => {
  await page?.context().close();
  page = await newPage(browser, server.url);
  ids = [];
  for (const status of ["open", "in_progress", "resolved"]) {
    const ticket = { title: `Is ${status}`, description: "d", category: "billing", priority: "low", status };
    ids.push((await elsewhere(server.url, "POST", "/api/tickets/", ticket)).id);
  }
  await page.goto("/tickets");
  await page.locator(`#row-${ids[0]}`).waitFor();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const press = (...keys) => pressAll(page, ...keys);
const now = async (id) => elsewhere(server.url, "GET", `/api/tickets/${id}/`);
const becomes = (id, field, value) => serverHas(page, id, { [field]: value });
const allSaved = () => page.getByRole("button", { name: "Saved (your changes)" }).waitFor();

test("several changes are undone by a key, the newest first", async () => {
  const [id] = ids;
  await page.locator(`#row-${id} a`).click();
  const field = (label) => page.getByRole("complementary", { name: `Ticket ${id}` }).getByLabel(label, { exact: true });
  await field("Status").selectOption("in_progress");
  await field("Priority").selectOption("high");
  await field("Status").selectOption("closed");
  await becomes(id, "status", "closed");
  await allSaved();
  await page.getByRole("complementary", { name: `Ticket ${id}` }).focus();
  await press("z");
  await becomes(id, "status", "in_progress");
  assert.equal((await now(id)).priority, "high");
  await page.getByText(`Undone: #${id} is as before`).first().waitFor();
  await press("z");
  await becomes(id, "priority", "low");
  await press("z");
  await becomes(id, "status", "open");
  await allSaved();
  const { version } = await now(id);
  await press("z");
  assert.equal((await now(id)).version, version, "there is nothing more");
  assert.equal(await field("Status").inputValue(), "open");
});

test("a change of many is undone at once, each to what it was", async () => {
  await page.locator(`#row-${ids[2]}`).focus();
  await press("x", "Shift+ArrowDown", "Shift+ArrowDown");
  const bar = page.getByRole("form", { name: "Selected tickets" });
  await bar.getByLabel("Status").selectOption("closed");
  await bar.locator("button[type=submit]").click();
  await page.getByText("3 tickets are now Closed").first().waitFor();
  await looksRight(page, "undo-toast");
  await press("z");
  await becomes(ids[2], "status", "resolved");
  await becomes(ids[1], "status", "in_progress");
  await becomes(ids[0], "status", "open");
});

test("every change can be undone from the list while it is the newest of its ticket", async () => {
  await page.getByLabel(`Status of ticket ${ids[0]}`).selectOption("closed");
  await page.getByLabel(`Status of ticket ${ids[1]}`).selectOption("closed");
  await page.getByLabel(`Status of ticket ${ids[0]}`).selectOption("resolved");
  await becomes(ids[0], "status", "resolved");
  await allSaved();
  await page.locator(`#row-${ids[0]}`).focus();
  await press("u");
  const dialog = page.getByRole("dialog", { name: "Your changes" });
  const deed = (text) => dialog.getByRole("listitem").filter({ hasText: text });
  await deed(`#${ids[0]} is now Closed`).getByText("there is a newer change of the same ticket").waitFor();
  await looksRight(page, "activity");
  await deed(`#${ids[1]} is now Closed`).getByRole("button", { name: "Undo" }).click();
  await becomes(ids[1], "status", "in_progress");
  assert.equal((await now(ids[0])).status, "resolved");
  await deed(`#${ids[0]} is now Resolved`).getByRole("button", { name: "Undo" }).click();
  await becomes(ids[0], "status", "closed");
  await deed(`#${ids[0]} is now Closed`).getByRole("button", { name: "Undo" }).click();
  await becomes(ids[0], "status", "open");
});

test("what somebody else has changed since is not undone, and that is said", async () => {
  const [id] = ids;
  await page.locator(`#row-${id} a`).click();
  const panel = page.getByRole("complementary", { name: `Ticket ${id}` });
  await panel.getByLabel("Status", { exact: true }).selectOption("closed");
  await becomes(id, "status", "closed");
  await allSaved();
  await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { status: "in_progress" });
  await panel.focus();
  await press("z");
  // the screen does not know of it yet: then the server refuses, and the person decides
  await page.getByText(/Somebody changed this to In progress/).waitFor();
  assert.equal((await now(id)).status, "in_progress");
});
