// What somebody else does reaches every part of the page that shows it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, newPage } from "./pages.js";

let browser;
let server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const title of ["One", "Two"]) {
    const ticket = { title, description: "d", category: "general", priority: "low" };
    await elsewhere(server.url, "POST", "/api/tickets/", ticket);
  }
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a look at the list tells the ticket that is open, and what can be undone", async () => {
  const page = await newPage(browser, server.url);
  await page.clock.install();
  await page.goto("/tickets");
  await page.getByLabel("Status of ticket 1").selectOption("closed");
  await page.waitForFunction(async () => (await (await fetch("/api/tickets/1/")).json()).status === "closed");
  await page.locator("#row-1 a").click();
  const panel = page.getByRole("complementary", { name: "Ticket 1" });
  await panel.getByText("· filed").waitFor();
  await elsewhere(server.url, "PATCH", "/api/tickets/1/", { status: "in_progress" });
  // only the list looks again
  await page.route("**/api/tickets/1/", (route) => (route.request().method() === "GET" ? route.abort() : route.continue()));
  await page.clock.fastForward(16_000);
  await page.waitForFunction(() => document.querySelector("#ticket-Status").value === "in_progress");
  assert.equal(await page.getByLabel("Status of ticket 1").inputValue(), "in_progress");
  await panel.focus();
  await page.keyboard.press("z");
  await page.getByText("Not undone: somebody has changed it since.").first().waitFor();
  assert.equal((await elsewhere(server.url, "GET", "/api/tickets/1/")).status, "in_progress");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test("what somebody else does is seen at once, in the list, in the ticket and in the statistics", async () => {
  const page = await newPage(browser, server.url, { live: true });
  const board = await newPage(browser, server.url, { live: true });
  await board.goto("/stats");
  const open = board.getByRole("definition").filter({ hasText: /^\d+$/ }).nth(1);
  await open.waitFor();
  const before = Number(await open.textContent());
  await page.goto("/tickets");
  await page.locator("#row-2 a").click();
  const panel = page.getByRole("complementary", { name: "Ticket 2" });
  await panel.getByText("· filed").waitFor();
  // both stand before anything happens: the next look by itself would come after the test has given up
  await elsewhere(server.url, "PATCH", "/api/tickets/2/", { status: "resolved" });
  await page.waitForFunction(() => document.querySelector("#ticket-Status").value === "resolved");
  await page.waitForFunction(() => document.querySelector("#row-2 select").value === "resolved");
  await open.filter({ hasText: new RegExp(`^${before - 1}$`) }).waitFor();

  await board.getByRole("button", { name: "Pause" }).click();
  await elsewhere(server.url, "PATCH", "/api/tickets/2/", { status: "open" });
  await page.waitForFunction(() => document.querySelector("#ticket-Status").value === "open");
  assert.equal(Number(await open.textContent()), before - 1, "it is paused");
  await board.getByRole("button", { name: "Resume" }).click();
  await open.filter({ hasText: new RegExp(`^${before}$`) }).waitFor();
  for (const each of [page, board]) {
    assert.deepEqual(each.complaints, []);
    await each.context().close();
  }
});
