// The list: several values in a filter, a list that does not move, the panel's focus, the phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, focused, looksRight, newPage, phone } from "./pages.js";

let browser;
let server;
let page;
const words = ["low", "medium", "high", "critical"];
const states = ["open", "in_progress", "resolved", "closed"];
const file = (title, more = {}) =>
  elsewhere(server.url, "POST", "/api/tickets/", { title, description: "d", category: "billing", priority: "low", ...more });

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (let n = 0; n < 8; n++) {
    await file(`Ticket number ${n}`, { priority: words[n % 4], status: states[n % 4] });
  }
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const count = (number) => page.locator("p", { hasText: new RegExp(`^${number} tickets?$`) }).waitFor();

test("a filter takes several values, each a chip that can be removed", async () => {
  await page.goto("/tickets?status=open,resolved");
  await count(4);
  assert.equal(await page.getByLabel("Status", { exact: true }).locator("option:checked").textContent(), "2 chosen");
  await page.getByRole("button", { name: "Several…" }).click();
  await page.getByRole("checkbox", { name: "Closed" }).check();
  await count(6);
  await page.getByRole("checkbox", { name: "Low" }).check();
  await count(2);
  await looksRight(page, "list-filter-open");
  assert.match(page.url(), /status=open,resolved,closed&priority=low$/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove Priority: Low" }).click();
  await page.getByRole("button", { name: "Remove Status: Closed" }).click();
  await count(4);
  await page.getByLabel("Status", { exact: true }).selectOption("in_progress");
  await count(2);
  assert.match(page.url(), /\?status=in_progress$/);
});

test("where nothing matches, each condition can be dropped", async () => {
  await page.goto("/tickets?status=open&search=nowhere");
  await page.getByText("No ticket matches").waitFor();
  await looksRight(page, "list-without-match");
  await page.getByRole("button", { name: "Drop “Search: nowhere”" }).click();
  await count(2);
});

test("new tickets wait while the pointer is in the list", async () => {
  const other = await newPage(browser, server.url);
  await other.clock.install();
  await other.goto("/tickets");
  const rows = other.getByRole("grid", { name: "Tickets" }).getByRole("row");
  await rows.first().hover();
  const before = await rows.allTextContents();
  await file("A new one");
  await file("Another new one");
  await other.clock.fastForward(16_000);
  const show = other.getByRole("button", { name: "2 new · show" });
  await show.waitFor();
  assert.equal(await other.title(), "(2) Tickets – frontdesk");
  assert.equal((await rows.allTextContents()).length, before.length, "nothing has moved");
  await rows.first().getByText("Ticket number 7").waitFor();
  await rows.first().focus();
  await looksRight(other, "list-with-new");
  await show.click();
  await rows.first().getByText("Another new one").waitFor();
  await other.context().close();
});

test("the panel takes the focus, Esc closes it, and the focus returns to the row", async () => {
  await page.goto("/tickets?priority=low");
  await page.getByRole("link", { name: /Ticket number 4/ }).click();
  await page.getByRole("complementary", { name: "Ticket 5" }).getByText("· filed").waitFor();
  assert.equal(await focused(page), "Ticket 5");
  assert.equal(await page.title(), "#5 Ticket number 4 – frontdesk");
  await page.keyboard.press("Escape");
  await page.waitForURL("**/tickets?priority=low");
  assert.equal(await focused(page), "row-5");
  assert.equal(await page.title(), "Tickets – frontdesk");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Close" }).click();
  await page.waitForFunction(() => document.activeElement.id === "row-5");
});

test("an address of no ticket says so", async () => {
  for (const id of ["abc", "99999"]) {
    await page.goto(`/tickets/${id}`);
    await page.getByRole("heading", { name: "There is no such ticket" }).waitFor();
    assert.equal(await page.getByText("NaN").count(), 0);
  }
  await looksRight(page, "ticket-missing");
});

test("on a phone rows take two lines, and a ticket is a page of its own", async () => {
  const other = await newPage(browser, server.url, { viewport: phone, hasTouch: true, isMobile: true });
  await other.goto("/tickets");
  const row = other.getByRole("grid", { name: "Tickets" }).getByRole("row").first();
  await row.waitFor();
  assert.equal(Math.round((await row.boundingBox()).height), 72);
  await row.getByRole("link").tap();
  const panel = other.getByRole("complementary", { name: /Ticket \d+/ });
  await panel.getByText("· filed").waitFor();
  assert.equal(await other.getByRole("searchbox").isVisible(), false);
  const { y } = await panel.boundingBox();
  assert.ok(y < 130, `the ticket begins at ${y}`);
  await panel.getByRole("link", { name: "Close" }).tap();
  await other.getByRole("searchbox").waitFor();
  await other.context().close();
});

test("the work that is done says so", async () => {
  const empty = await startServer();
  const other = await newPage(browser, empty.url);
  await other.goto("/tickets");
  await other.getByText("There are no tickets yet.").waitFor();
  await looksRight(other, "list-empty");
  await other.goto("/tickets?status=open");
  await other.getByText("All done: nothing waits here.").waitFor();
  await other.goto("/stats");
  await other.getByText("There are no tickets yet.").first().waitFor();
  await looksRight(other, "dashboard-empty");
  await other.context().close();
  await empty.stop();
});
