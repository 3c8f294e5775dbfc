// What a page shows while it loads, without a network, when a part fails, when it must wait, when it may not.
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
  server = await startServer({ FRONTDESK_RATE_LIMITS: "off" });
});
beforeEach(async () => {
  await page?.context().close();
  page = await newPage(browser, server.url);
  const ticket = { title: "Export fails", description: "It stops.", category: "technical", priority: "low" };
  ({ id } = await elsewhere(server.url, "POST", "/api/tickets/", ticket));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

test("while it loads, the list shows where its rows will stand", async () => {
  let go;
  const gate = new Promise((resolve) => (go = resolve));
  await page.route(/\/api\/tickets\/(\?.*)?$/, async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto("/tickets");
  await page.getByText("Loading tickets").waitFor();
  const place = await page.locator("[class*=rows] > div").first().boundingBox();
  await looksRight(page, "list-loading");
  go();
  const row = page.getByRole("row").first();
  await row.waitFor();
  const { y, height } = await row.boundingBox();
  assert.deepEqual([y, height], [place.y, 44]);
});

test("without a network changes wait, the page asks before it closes, and they are sent later", async () => {
  await page.goto(`/tickets/${id}`);
  const panel = page.getByRole("complementary", { name: `Ticket ${id}` });
  await panel.getByText("· filed").waitFor();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Offline" }).waitFor();
  await panel.getByLabel("Status", { exact: true }).selectOption("resolved");
  await panel.getByLabel("Priority", { exact: true }).selectOption("high");
  await page.getByRole("button", { name: "Offline, 1 waiting" }).waitFor();
  assert.equal(await panel.getByLabel("Status", { exact: true }).inputValue(), "resolved");
  await looksRight(page, "offline");
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.dismiss();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Saved (your changes)" }).waitFor();
  await becomes(page, id, { status: "resolved", priority: "high" });
});

test("a part that fails says so in its place, with the request's number, and can be tried again", async () => {
  await page.route("**/api/tickets/stats/", (route) =>
    route.fulfill({ status: 400, headers: { "x-request-id": "abc-1" }, json: { detail: "No figures today." } }),
  );
  await page.goto("/stats");
  await page.getByText("No figures today.").waitFor();
  await page.getByText("Request abc-1").waitFor();
  await looksRight(page, "dashboard-failed");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Tickets" }).waitFor();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Average per day").waitFor();
});

test("who is told to wait sees for how long, and no storm of requests follows", async () => {
  let asked = 0;
  await page.route(/\/api\/tickets\/(\?.*)?$/, (route) => {
    asked += 1;
    return route.fulfill({ status: 429, headers: { "retry-after": "2" }, json: { detail: "Too many requests." } });
  });
  await page.goto("/tickets");
  await page.getByText(/You can try again in [12] s\./).waitFor();
  const again = page.getByRole("button", { name: "Try again" });
  assert.equal(await again.getAttribute("aria-disabled"), "true");
  await looksRight(page, "list-must-wait");
  await page.getByText("You can try again in").waitFor({ state: "detached" });
  assert.ok(asked <= 2, `${asked} requests`);
  await page.unrouteAll();
  await again.click();
  await page.getByRole("row").first().waitFor();
});

test("where the rest of the list cannot be had, what is there stays, and one tries again", async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      elsewhere(server.url, "POST", "/api/tickets/", { title: `No. ${n}`, description: "d", category: "general", priority: "low" }),
    ),
  );
  await page.route(/cursor=/, (route) => route.fulfill({ status: 400, json: { detail: "The rest is away." } }));
  await page.goto("/tickets");
  await page.getByRole("row").first().waitFor();
  await page.locator("[role=grid]").locator("..").evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await page.getByText("The rest is away.").waitFor();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("[role=row][aria-rowindex='55']").waitFor();
});
