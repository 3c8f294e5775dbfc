// A list of ten thousand tickets: few rows in the document, its end reached by keys, nothing moves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, looksRight, newPage, phone, picture } from "./pages.js";

const MANY = 10_000;
let browser;
let server;
let page;
const file = (title) =>
  elsewhere(server.url, "POST", "/api/tickets/", { title, description: "d", category: "billing", priority: "low" });

before(async () => {
  browser = await startBrowser();
  server = await startServer({ FRONTDESK_RATE_LIMITS: "off" });
  // several at once, so that the server puts them into one transaction
  const titles = Array.from({ length: MANY }, (_, n) => `Number ${n}`);
  const work = async () => {
    for (let title = titles.shift(); title; title = titles.shift()) await file(title);
  };
  await Promise.all(Array.from({ length: 100 }, work));
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const grid = (of) => of.getByRole("grid", { name: "Tickets" });
const place = (of) => of.evaluate(() => Number(document.activeElement.getAttribute("aria-rowindex")));
const drawn = (of) => of.evaluate(() => document.querySelectorAll("[role=row]").length);
const isSeen = (of) =>
  of.evaluate(() => {
    const row = document.activeElement.getBoundingClientRect();
    const frame = document.activeElement.parentElement.parentElement.getBoundingClientRect();
    return row.top >= frame.top - 1 && row.bottom <= frame.bottom + 1;
  });

/** Presses a key until the row of that place has the focus. */
async function until(key, wanted, of = page) {
  let most = 0;
  let presses = 0;
  while ((await place(of)) !== wanted) {
    const before = await place(of);
    assert.ok(presses++ < 500, `${key} leads no further than ${before}`);
    await of.keyboard.press(key);
    most = Math.max(most, await drawn(of));
    assert.ok(most <= 60, `${most} rows in the document`);
    // where the loaded part ends one waits for more of it
    if ((await place(of)) === before) {
      await of.waitForFunction(
        (at) => document.querySelector("[role=grid]").offsetHeight / document.activeElement.offsetHeight > at,
        before,
      );
    }
  }
}

test("its end is reached by keys, with few rows in the document, and its start again", async () => {
  await page.goto("/tickets");
  await page.locator("strong", { hasText: "10,000" }).waitFor();
  assert.equal(await grid(page).getAttribute("aria-rowcount"), String(MANY));
  await page.keyboard.press("j");
  assert.equal(await place(page), 1);
  await until("End", MANY);
  assert.ok(await isSeen(page));
  await picture(page, "endless-end");
  await page.keyboard.press("PageUp");
  assert.ok((await place(page)) < MANY);
  assert.ok(await isSeen(page));
  // what was let go of comes back on the way up
  const height = await page.evaluate(() => document.activeElement.offsetHeight);
  const frame = page.locator("[role=grid]").locator("..");
  await frame.evaluate((box, to) => box.scrollTo(0, to), 8000 * height);
  await page.locator("[role=row][aria-rowindex='8001']").waitFor();
  assert.ok((await drawn(page)) <= 60);
  await page.locator("[role=row][aria-rowindex='8010'] a").click();
  await page.getByRole("complementary", { name: /Ticket/ }).getByText("· filed").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.ariaRowIndex === "8010");
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement.ariaRowIndex === "1");
  assert.ok(await isSeen(page));
});

test("the list is one stop of the tab key", async () => {
  await page.goto("/tickets");
  await grid(page).getByRole("row").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[role=grid]")), null);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await place(page), 2);
});

test("keys begin with what is in sight", async () => {
  await page.goto("/tickets");
  await grid(page).getByRole("row").first().waitFor();
  await page.locator("[role=grid]").locator("..").evaluate((box) => box.scrollTo(0, 20 * 44 + 10));
  await page.locator("[role=row][aria-rowindex='35']").waitFor();
  await page.keyboard.press("j");
  assert.equal(await place(page), 22);
  assert.ok(await isSeen(page));
});

test("all that match are selected by a button, page by page", async () => {
  await page.goto("/tickets?search=Number 99");
  await grid(page).getByRole("row").first().focus();
  await page.keyboard.press("Control+a");
  const bar = page.getByRole("form", { name: "Selected tickets" });
  // the first page is selected; the rest is by the button, unless it has come meanwhile
  const all = bar.getByRole("button", { name: "Select all 111" });
  const whole = bar.getByText("111 tickets selected");
  await all.or(whole).waitFor();
  if (await all.isVisible()) await all.click();
  await bar.getByText("111 tickets selected").waitFor();
  await looksRight(page, "bulk-all");
});

test("what arrives between pressing and letting go does not change what opens", async () => {
  const other = await newPage(browser, server.url);
  await other.clock.install();
  await other.goto("/tickets");
  const third = grid(other).getByRole("row").nth(2);
  const title = await third.locator("[id^=subject] > span").first().textContent();
  const id = await third.getAttribute("data-row");
  const { x, y } = await third.boundingBox();
  await other.mouse.move(x + 300, y + 20);
  await other.mouse.down();
  await file("Comes in between");
  await other.clock.fastForward(16_000);
  await other.getByRole("button", { name: "1 new · show" }).waitFor();
  await other.mouse.up();
  await other.getByRole("complementary", { name: `Ticket ${id}` }).getByRole("heading", { name: title }).waitFor();
  await other.context().close();
});

test("on a phone the page scrolls, and rows are as few", async () => {
  const other = await newPage(browser, server.url, { viewport: phone, hasTouch: true, isMobile: true });
  await other.goto("/tickets");
  await grid(other).getByRole("row").first().waitFor();
  await other.evaluate(() => window.scrollTo(0, 30 * 72));
  await other.locator("[role=row][aria-rowindex='31']").waitFor();
  assert.ok((await drawn(other)) <= 60);
  await picture(other, "endless-phone");
  await other.context().close();
});
