// The dashboard's line of days, read one by one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, looksRight, newPage, phone, picture, pressAll } from "./pages.js";

let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const status of ["open", "resolved"]) {
    const ticket = { title: "One", description: "d", category: "general", priority: "low", status: "open" };
    const { id } = await elsewhere(server.url, "POST", "/api/tickets/", ticket);
    if (status !== "open") await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { status });
  }
  page = await newPage(browser, server.url);
  await page.goto("/stats");
  await page.getByText("2 created, 1 resolved; more were").waitFor();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

test("tickets per day come first", async () => {
  const headings = await page.getByRole("heading", { level: 2 }).allTextContents();
  assert.equal(headings[0], "Tickets per day");
  await looksRight(page, "dashboard-days");
});

test("each day is read by keys, to eye and ear, and opens its list", async () => {
  const reader = page.getByRole("slider", { name: "Read tickets day by day" });
  const said = () => reader.getAttribute("aria-valuetext");
  await reader.focus();
  const today = await said();
  assert.match(today, /: 2 created, 1 resolved$/);
  await pressAll(page, "ArrowLeft");
  const yesterday = await said();
  assert.match(yesterday, /: 0 created, 0 resolved$/);
  await page.getByText(yesterday, { exact: true }).waitFor();
  await pressAll(page, "Home");
  const first = await said();
  assert.notEqual(first, yesterday);
  await pressAll(page, "ArrowRight", "ArrowLeft");
  assert.equal(await said(), first);
  await pressAll(page, "End");
  assert.equal(await said(), today);
  await picture(page, "dashboard-reader");
  await page.getByRole("link", { name: /^Tickets filed on / }).click();
  await page.waitForURL(/\/tickets\?created_after=\d{4}-\d\d-\d\d&created_before=/);
  await page.getByRole("row", { name: /One/ }).first().waitFor();
  assert.equal(await page.getByRole("grid", { name: "Tickets" }).getByRole("row").count(), 2);
});

test("a finger reads the days too, and still scrolls the page", async () => {
  const touch = await newPage(browser, server.url, { viewport: phone, hasTouch: true });
  await touch.goto("/stats");
  const reader = touch.getByRole("slider", { name: "Read tickets day by day" });
  await touch.getByText(/: 2 created, 1 resolved$/).waitFor();
  await reader.scrollIntoViewIfNeeded();
  const { x, y, height } = await reader.boundingBox();
  await touch.touchscreen.tap(x + 2, y + height / 2);
  assert.match(await reader.getAttribute("aria-valuetext"), /: 0 created, 0 resolved$/);
  const plot = reader.locator("xpath=..");
  assert.equal(await plot.evaluate((element) => getComputedStyle(element).touchAction), "pan-y");
  await touch.context().close();
});
