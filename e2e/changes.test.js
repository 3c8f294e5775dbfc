// Changes of tickets: several at once, against somebody else's, and out of the list's filter.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { becomes, elsewhere, looksRight, newPage } from "./pages.js";

let browser;
let server;
let page;
let id;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  page = await newPage(browser, server.url);
});
beforeEach(async () => {
  await page.unrouteAll();
  const ticket = { title: "Export fails", description: "It stops.", category: "technical", priority: "low" };
  ({ id } = await elsewhere(server.url, "POST", "/api/tickets/", ticket));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const field = (label) => page.getByRole("complementary", { name: `Ticket ${id}` }).getByLabel(label, { exact: true });
const now = () => elsewhere(server.url, "GET", `/api/tickets/${id}/`);

test("quick changes of one ticket all arrive, and nobody is blamed", async () => {
  const sent = [];
  await page.route(`**/api/tickets/${id}/`, async (route) => {
    if (route.request().method() === "PATCH") {
      sent.push(route.request().postDataJSON());
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    await route.continue();
  });
  await page.goto(`/tickets/${id}`);
  await field("Status").selectOption("in_progress");
  await field("Priority").selectOption("high");
  await field("Status").selectOption("resolved");
  assert.equal(await field("Status").inputValue(), "resolved");
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.deepEqual(sent, [{ status: "in_progress" }, { priority: "high", status: "resolved" }]);
  const { status, priority } = await now();
  assert.deepEqual({ status, priority }, { status: "resolved", priority: "high" });
  assert.equal(await page.getByText("Somebody changed").count(), 0);
});

test("mine is kept where I say so", async () => {
  await page.goto(`/tickets/${id}`);
  await field("Status").waitFor();
  await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { status: "resolved" });
  await field("Status").selectOption("closed");
  await page.getByText(/^Somebody changed this to Resolved \d+ s ago\.$/).waitFor();
  await page.getByRole("button", { name: "Keep mine" }).click();
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY", "the focus stays near");
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.equal((await now()).status, "closed");
});

test("a change of another field elsewhere is no conflict", async () => {
  await page.goto(`/tickets/${id}`);
  await field("Status").waitFor();
  await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { priority: "critical" });
  await field("Status").selectOption("closed");
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.equal(await field("Priority").inputValue(), "critical");
  assert.equal((await now()).status, "closed");
});

test("what cannot be sent is taken back, said, and can be tried again", async () => {
  await page.goto(`/tickets/${id}`);
  await field("Status").waitFor();
  await page.route(`**/api/tickets/${id}/`, (route) => route.abort());
  await field("Status").selectOption("closed");
  await page.getByText("Not saved: The server cannot be reached.").waitFor();
  assert.equal(await field("Status").inputValue(), "open");
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.equal((await now()).status, "closed");
});

test("a row that leaves the filter by my hand stays, dimmed, until the list is renewed", async () => {
  await page.goto("/tickets?status=open");
  await page.getByLabel(`Status of ticket ${id}`).selectOption("closed");
  await page.getByText("no longer matches").waitFor();
  await looksRight(page, "list-with-a-leaver");
  await page.reload();
  await page.getByRole("heading", { name: "Tickets" }).waitFor();
  await page.waitForFunction((one) => !document.querySelector(`#row-${one}`), id);
});

test("of many, those that somebody else changed stay selected, each with its reason", async () => {
  const ticket = { title: "Another", description: "d", category: "technical", priority: "low" };
  const other = await elsewhere(server.url, "POST", "/api/tickets/", ticket);
  await page.goto("/tickets");
  await page.getByRole("checkbox", { name: `Select ticket ${id}` }).check();
  await page.getByRole("checkbox", { name: `Select ticket ${other.id}` }).check();
  await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { priority: "high" });
  const bar = page.getByRole("form", { name: "Selected tickets" });
  await bar.getByLabel("Status").selectOption("resolved");
  await bar.locator("button[type=submit]").click();
  await bar.getByText("1 ticket changed, 1 not.").waitFor();
  await bar.getByText("1 ticket selected").waitFor();
  const row = page.locator(`#row-${id}`);
  await row.getByText("Not changed: somebody changed it meanwhile").waitFor();
  assert.equal((await row.boundingBox()).height, 44, "a reason makes no row higher");
  await looksRight(page, "bulk-with-a-refusal");
  // as it is now, it can be changed
  await page.getByRole("button", { name: "Change 1 ticket" }).click();
  await becomes(page, id, { status: "resolved", priority: "high" });
});

test("a conflict of a row is decided below the list, and the rows stay where they are", async () => {
  await page.goto("/tickets");
  const row = page.locator(`#row-${id}`);
  const before = await row.boundingBox();
  await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { status: "in_progress" });
  await page.getByLabel(`Status of ticket ${id}`).selectOption("closed");
  const troubles = page.getByRole("list", { name: "Changes that were not saved" });
  await troubles.getByText(/^Somebody changed this to In progress/).waitFor();
  await row.getByText("Somebody else changed it too").waitFor();
  assert.deepEqual(await row.boundingBox(), before);
  await page.getByRole("button", { name: "1 not saved (your changes)" }).waitFor();
  assert.equal(await page.getByText(`#${id} is now Closed`).count(), 0, "nothing is said to be done");
  await looksRight(page, "list-in-conflict");
  await troubles.getByRole("button", { name: "Keep mine" }).click();
  await becomes(page, id, { status: "closed" });
  await troubles.waitFor({ state: "detached" });
});
