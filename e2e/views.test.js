// Views: filters under a name, their counts, changes of them, and who sees them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, focused, looksRight, newPage, phone, pressAll } from "./pages.js";

let browser;
let server;
let page;

const file = (title, more = {}) =>
  elsewhere(server.url, "POST", "/api/tickets/", { title, description: "d", category: "billing", priority: "low", ...more });

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const priority of ["low", "high", "critical"]) await file(`Is ${priority}`, { priority });
  await file("An account", { category: "account" });
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const views = (of = page) => of.getByRole("navigation", { name: "Views" });
const current = () => views().locator('[aria-current="page"]').textContent();
const rows = (number) => page.locator("p", { hasText: new RegExp(`^${number} tickets?$`) }).waitFor();
const button = (name) => page.getByRole("button", { name, exact: true });

async function save(name) {
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

test("filters are saved under a name, which the URL then has instead of them", async () => {
  await page.goto("/tickets");
  await views().getByText("4", { exact: true }).waitFor();
  assert.equal(await current(), "All 4");
  assert.equal(await button("Save view…").count(), 0, "there is nothing to save");
  await page.getByLabel("Category", { exact: true }).selectOption("billing");
  await rows(3);
  await button("Save view…").click();
  const dialog = page.getByRole("dialog", { name: "Save view" });
  await dialog.getByText("Everybody who works here will see it").waitFor();
  await looksRight(page, "view-save");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.getByText("Enter a name").waitFor();
  await save("Bills");
  await page.waitForURL(/\/tickets\?view=1$/);
  await rows(3);
  assert.equal(await current(), "Bills 3");
  await page.reload();
  await rows(3);
  assert.equal(await page.getByLabel("Category", { exact: true }).inputValue(), "billing");
});

test("a changed view says so: it can be reset, saved as another, or saved", async () => {
  await page.goto("/tickets?view=1");
  await page.getByLabel("Priority", { exact: true }).selectOption("high");
  await rows(1);
  await page.waitForURL(/\?view=1&priority=high$/);
  await page.getByText("View changed", { exact: true }).waitFor();
  await looksRight(page, "view-changed");
  await button("Reset").click();
  await page.waitForURL(/\?view=1$/);
  await rows(3);
  // taken away is a change too, and stays one when the page is loaded again
  await page.getByRole("button", { name: "Remove Category: Billing" }).click();
  await rows(4);
  assert.match(page.url(), /\?view=1&category=$/);
  await page.reload();
  await rows(4);
  await page.getByLabel("Priority", { exact: true }).selectOption("low");
  await button("Save as…").click();
  await save("Small");
  await page.waitForURL(/\?view=2$/);
  await rows(2);
  await views().getByRole("link", { name: "Bills 3" }).click();
  await page.getByLabel("Priority", { exact: true }).selectOption("critical");
  await button("Save").click();
  await page.waitForURL(/\?view=1$/);
  await views().getByRole("link", { name: "Bills 1" }).waitFor();
  await rows(1);
});

test("a ticket is opened and closed within its view", async () => {
  await page.goto("/tickets?view=2");
  await page.locator("#row-4 a").click();
  await page.waitForURL(/\/tickets\/4\?view=2$/);
  await page.getByRole("complementary", { name: "Ticket 4" }).getByText("· filed").waitFor();
  assert.equal(await current(), "Small 2");
  await page.getByRole("link", { name: "Close" }).click();
  await page.waitForURL(/\/tickets\?view=2$/);
});

test("a view is renamed, moved and deleted; what it was is told", async () => {
  await page.goto("/tickets?view=2");
  await button("Edit view…").click();
  const dialog = page.getByRole("dialog", { name: "Edit “Small”" });
  await dialog.getByLabel("Name").fill("Little ones");
  await dialog.getByLabel("Place").selectOption("First");
  await looksRight(page, "view-edit");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  const names = await views().getByRole("link").allTextContents();
  assert.deepEqual(names, ["All 4", "Needs check 0", "Little ones 2", "Bills 1"]);
  await button("Edit view…").click();
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("dialog", { name: "Delete “Little ones”?" }).waitFor();
  await looksRight(page, "view-delete");
  await button("Delete the view").click();
  await page.waitForURL(/\/tickets$/);
  await views().getByRole("link", { name: "Little ones" }).waitFor({ state: "detached" });
  await page.goto("/tickets?view=2");
  await page.getByText("This view is not there any more").waitFor();
  await rows(4);
});

test("what somebody else changed meanwhile is not overwritten", async () => {
  await page.goto("/tickets?view=1");
  await rows(1);
  await page.getByLabel("Status", { exact: true }).selectOption("open");
  await page.getByText("View changed", { exact: true }).waitFor();
  await elsewhere(server.url, "PATCH", "/api/views/1/", { name: "Invoices" });
  await button("Save").click();
  await page.getByText("Somebody has changed this view").waitFor();
  await views().getByRole("link", { name: "Invoices 1" }).waitFor();
});

test("views are commands, also where the list is not", async () => {
  await page.goto("/stats");
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command or a ticket" }).fill("view: inv");
  await page.getByRole("option", { name: "View: Invoices" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\?view=1$/);
  await rows(1);
  // and by Tab, as any link
  await views().getByRole("link", { name: "All 4" }).focus();
  await pressAll(page, "Tab", "Tab");
  assert.match(await focused(page), /^Invoices/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\?view=1$/);
});

test("counts follow what others do", async () => {
  const other = await newPage(browser, server.url, { live: true });
  // what happens before it listens is none of this test's
  const listens = other.waitForResponse("**/api/events/");
  await other.goto("/tickets");
  await listens;
  const link = (name) => views(other).getByRole("link", { name });
  await link("Invoices 1").waitFor();
  await file("One more", { priority: "critical" });
  await link("Invoices 2").waitFor();
  await link("All 5").waitFor();
  // nobody sorted it: it needs a look, until an agent confirms what was chosen
  const body = { title: "Unsorted", description: "Where is my invoice for March?" };
  const ticket = await elsewhere(server.url, "POST", "/api/tickets/", body);
  await link("Needs check 1").waitFor();
  await link("Needs check 1").click();
  await other.waitForURL(/\?view=needs-check$/);
  await other.getByRole("link", { name: /Unsorted/ }).waitFor();
  await looksRight(other, "view-needs-check");
  assert.equal(await other.getByRole("button", { name: "Edit view…" }).count(), 0, "it is everybody's");
  const { category, priority } = ticket;
  await elsewhere(server.url, "PATCH", `/api/tickets/${ticket.id}/`, { category, priority });
  await link("Needs check 0").waitFor();
  assert.deepEqual(other.complaints, []);
  await other.context().close();
});

test("on a phone the views scroll in their own row, and the current one is in sight", async () => {
  for (let n = 1; n < 9; n++) {
    const view = { name: `A view with a longer name, the ${n}th`, query: `search=${n}` };
    await elsewhere(server.url, "POST", "/api/views/", view);
  }
  const small = await newPage(browser, server.url, { viewport: phone, hasTouch: true, isMobile: true });
  await small.goto("/tickets?view=10");
  const last = views(small).getByRole("link", { name: /the 8th/ });
  await last.waitFor();
  await small.waitForFunction(() => {
    const box = document.querySelector('nav [aria-current="page"]')?.getBoundingClientRect();
    return box && box.left >= 0 && box.left < innerWidth / 2;
  });
  assert.ok((await last.boundingBox()).height >= 44);
  await looksRight(small, "views-many");
  await small.context().close();
});

test("with accounts a view is one's own, until it is shared", async () => {
  const guarded = await startServer({ FRONTDESK_ACCESS: "accounts", FRONTDESK_RATE_LIMITS: "off" });
  const root = await newPage(browser, guarded.url);
  await root.goto(guarded.setup);
  await root.getByLabel("Email address").fill("root@example.com");
  await root.getByLabel("Your name").fill("Root");
  await root.getByLabel("New password", { exact: true }).fill("correct horse battery");
  await root.locator("button[type=submit]").click();
  await root.getByRole("heading", { name: "Tickets" }).waitFor();
  await root.getByLabel("Status", { exact: true }).selectOption("open");
  await root.getByRole("button", { name: "Save view…" }).click();
  const dialog = root.getByRole("dialog", { name: "Save view" });
  await dialog.getByLabel("Name").fill("Mine");
  const share = root.getByRole("checkbox", { name: /^Everybody who works here sees it/ });
  assert.equal(await share.isChecked(), false);
  await looksRight(root, "view-own");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await root.waitForURL(/\?view=1$/);
  const kept = () => root.evaluate(async () => (await (await fetch("/api/views/1/")).json()).is_shared);
  assert.equal(await kept(), false);
  await root.getByRole("button", { name: "Edit view…" }).click();
  await share.check();
  await root.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await root.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await kept(), true);
  assert.deepEqual(root.complaints, []);
  await root.context().close();
  await guarded.stop();
});
