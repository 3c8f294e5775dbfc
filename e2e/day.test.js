// An agent's whole day by the keyboard alone, on a server with accounts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { becomes as serverHas, elsewhere, newPage, pressAll } from "./pages.js";

const PASSWORD = "correct horse battery";
const texts = [
  ["Charged twice", "My card was charged twice, please refund one of them.", "billing"],
  ["Export fails", "The app crashes with an error when I export a report.", "technical"],
  ["Cannot sign in", "I forgot my password and the reset mail never comes.", "account"],
  ["Opening hours", "When are you open on holidays?", "general"],
];
let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer({ FRONTDESK_ACCESS: "accounts", FRONTDESK_RATE_LIMITS: "off" });
  for (const [title, description, category] of texts) {
    await elsewhere(server.url, "POST", "/api/tickets/", { title, description, category });
  }
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const press = (...keys) => pressAll(page, ...keys);
const type = (text) => page.keyboard.type(text);
const at = () => page.evaluate(() => document.activeElement.id);
const becomes = (id, field, value) => serverHas(page, id, { [field]: value });

/** Tabs until the focus stands on something of that name. */
async function to(name) {
  for (let presses = 0; presses < 60; presses++) {
    const here = await page.evaluate(() => {
      const at = document.activeElement;
      return at.labels?.[0]?.textContent ?? at.ariaLabel ?? at.textContent;
    });
    if (name.test(here)) return;
    await press("Tab");
  }
  assert.fail(`${name} cannot be reached`);
}

test("a day's work without a pointer", async () => {
  // the account is set up, and one is in
  await page.goto(server.setup);
  await page.getByRole("heading", { name: "Set up the first account" }).waitFor();
  await to(/^Email address/);
  await type("ada@example.com");
  await to(/^Your name/);
  await type("Ada Novak");
  await to(/^New password/);
  await type(PASSWORD);
  await press("Enter");
  await page.getByRole("heading", { name: "Tickets" }).waitFor();
  await page.locator("#row-4").waitFor();

  // what has come in is sorted
  await press("g", "r");
  await page.getByText("1 of 4", { exact: true }).waitFor();
  await press("y");
  await page.getByRole("heading", { name: "Cannot sign in" }).waitFor();
  await press("4");
  await becomes(3, "priority", "critical");
  await press("y", "n");
  await page.getByRole("heading", { name: "Charged twice" }).waitFor();
  await press("y");
  await page.getByRole("heading", { name: "All 4 triaged." }).waitFor();

  // the urgent one is searched for, opened, taken up and solved
  await press("/");
  await page.waitForFunction(() => document.activeElement.id === "search");
  await type("reset mail");
  await page.locator("p", { hasText: /^1 ticket$/ }).waitFor();
  await to(/Cannot sign in/);
  await press("Enter");
  await page.getByRole("complementary", { name: "Ticket 3" }).getByText("· filed").waitFor();
  await press("s", "I");
  await becomes(3, "status", "in_progress");
  await press("Escape");
  await page.waitForFunction(() => document.activeElement.id === "row-3");
  await press("e");
  await becomes(3, "status", "resolved");

  // two more are closed together, and opened again
  await press("g", "t");
  await page.waitForURL("**/tickets");
  await page.locator("#row-4").waitFor();
  await press("j", "Home", "x", "j", "j", "x");
  assert.equal(await at(), "row-2");
  await press("s", "C", "Tab");
  await to(/^Change 2 tickets$/);
  await press("Enter");
  await becomes(4, "status", "closed");
  await becomes(2, "status", "closed");
  await page.waitForFunction(() => document.activeElement.id === "main");
  await press("z");
  await becomes(4, "status", "open");
  await becomes(2, "status", "open");
  await press("u");
  await page.getByRole("dialog", { name: "Your changes" }).getByText("#3 is now Resolved", { exact: true }).waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  // the figures, a setting, and home
  await press("Control+k");
  await page.getByRole("combobox", { name: "Find a command or a ticket" }).waitFor();
  await type("dash");
  await press("Enter");
  await page.getByText("Average per day").waitFor();
  await to(/^Ada Novak$/);
  await press("Enter");
  await to(/^Settings$/);
  await press("Enter");
  await page.getByRole("heading", { name: "Settings", exact: true }).waitFor();
  await to(/^Rows of the list$/);
  await press("ArrowDown");
  await page.waitForFunction(() => localStorage.getItem("frontdesk.density") === "compact");
  await to(/^Tickets$/);
  await press("Enter");
  await page.locator("#row-4").waitFor();
  assert.equal((await page.locator("#row-4").boundingBox()).height, 36);
  await to(/^Ada Novak$/);
  await press("Enter");
  await to(/^Sign out$/);
  await press("Enter");
  await page.getByRole("link", { name: "Agent sign-in" }).waitFor();
});
