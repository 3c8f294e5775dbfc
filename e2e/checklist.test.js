// The checklist of a person who tries the product: file with a suggestion and override it, filter and
// search, change a status, see the statistics, and file without any classifier.
import { readFile } from "node:fs/promises";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, file, looksRight, newPage } from "./pages.js";

let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "it ends cleanly");
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const value = (label) => page.getByLabel(label, { exact: true }).inputValue();

test("a suggestion fills what nobody chose, and never what somebody did", async () => {
  await page.goto("/");
  await page.getByLabel("Title").fill("Charged twice");
  await page.getByLabel("Description").fill("My card was charged twice, please refund one of them.");
  await page.getByText("Suggestion", { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector("#category").value === "billing");
  assert.equal(await value("Priority"), "high");
  await looksRight(page, "form-with-suggestion");

  await page.getByLabel("Priority", { exact: true }).selectOption("critical");
  const answered = page.waitForResponse("**/classify/");
  await page.getByLabel("Title").fill("Export fails");
  await page.getByLabel("Description").fill("The app crashes with an error when I export a report.");
  await answered;
  await page.waitForFunction(() => document.querySelector("#category").value === "technical");
  assert.equal(await value("Priority"), "critical", "a choice is never overwritten");
  await page.getByText("You chose differently for priority").waitFor();

  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("heading", { name: "Ticket 1 is filed" }).waitFor();
  await looksRight(page, "filed");
  await page.getByRole("link", { name: "All tickets" }).click();
  const first = page.getByRole("grid", { name: "Tickets" }).getByRole("row").first();
  await first.getByText("Export fails").waitFor();
  await first.locator("a").getByText("Critical").waitFor();
});

test("a form that is not filled says everything that is missing", async () => {
  await page.goto("/");
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("link", { name: "Enter a title" }).waitFor();
  await page.getByRole("link", { name: "Describe what is wrong" }).waitFor();
  await page.waitForFunction(() => document.activeElement.classList.contains("error"));
  await looksRight(page, "form-with-faults");
});

test("the list filters, searches and turns", async () => {
  await file(page, "Printer question", "How do I connect it to the office network?", { Category: "general", Priority: "low" });
  await file(page, "Invoice 4711", "The address on it is wrong, 100% sure.", { Category: "billing", Priority: "low" });
  await page.goto("/tickets");
  const count = (text) => page.locator("p", { hasText: new RegExp(`^${text} tickets?$`) }).waitFor();
  await count("3");
  await page.getByLabel("Category", { exact: true }).selectOption("billing");
  await count("1");
  await page.getByText("Invoice 4711").waitFor();
  await page.getByLabel("Category", { exact: true }).selectOption("");
  await page.getByLabel("Priority", { exact: true }).selectOption("low");
  await count("2");
  await page.getByRole("searchbox", { name: "Search tickets" }).fill("OFFICE network");
  await count("1");
  await page.getByText("Printer question").waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const saved = await readFile(await (await saving).path(), "utf8");
  assert.match(saved, /Printer question/);
  assert.doesNotMatch(saved, /Invoice 4711/);
  assert.match(page.url(), /priority=low/);
  assert.match(page.url(), /search=OFFICE/);
  await page.getByLabel("Status", { exact: true }).selectOption("closed");
  await page.getByText("No ticket matches").waitFor();
  await looksRight(page, "list-without-match");
  await page.getByRole("link", { name: "Drop all filters" }).click();
  await count("3");
  await looksRight(page, "list");
  // a short page is followed by the next as one comes near its end
  await page.goto("/tickets?limit=2");
  await page.getByText("Invoice 4711").waitFor();
  await page.getByText("Export fails").waitFor();
});

test("a status changes at once, and what somebody else made of it is not lost", async () => {
  await page.goto("/tickets");
  await page.getByRole("link", { name: /Invoice 4711/ }).click();
  const panel = page.getByRole("complementary", { name: /Ticket 3/ });
  await panel.getByLabel("Status", { exact: true }).selectOption("resolved");
  await panel.getByText("Saved").waitFor();
  await looksRight(page, "ticket");
  assert.equal(await page.getByLabel("Status of ticket 3").inputValue(), "resolved");

  // somebody else changes it: the screen does not know yet
  await elsewhere(server.url, "PATCH", "/api/tickets/3/", { status: "closed" });
  await panel.getByLabel("Status", { exact: true }).selectOption("open");
  await panel.getByText(/^Somebody changed this to Closed \d+ s ago\.$/).waitFor();
  assert.equal(await panel.getByLabel("Status", { exact: true }).inputValue(), "open");
  await looksRight(page, "ticket-in-conflict");
  await panel.getByRole("button", { name: "Take theirs" }).click();
  assert.equal(await panel.getByLabel("Status", { exact: true }).inputValue(), "closed");
});

test("the statistics count, and open the list behind a number", async () => {
  await page.goto("/stats");
  const figure = (name) => page.locator("dl > div").filter({ hasText: name }).locator("dd");
  await page.getByText("Average per day").waitFor();
  assert.equal(await figure("Total tickets").textContent(), "3");
  assert.equal(await figure("Open tickets").textContent(), "2");
  assert.equal(await figure("Average per day").textContent(), "3.0");
  const trend = page.getByRole("region", { name: "Tickets per day" });
  await trend.getByText(/^3 created, \d resolved; more were created than resolved on 1 of 30 days\.$/).waitFor();
  await looksRight(page, "dashboard");
  await trend.getByLabel("Days").selectOption("90");
  await page.waitForURL("**/stats?days=90");
  await trend.getByText(/on 1 of 90 days\.$/).waitFor();
  await trend.getByText("Show the numbers").click();
  await trend.getByRole("link").first().click();
  await page.waitForURL(/\/tickets\?created_after=\d{4}-\d\d-\d\d&created_before=/);
  await page.getByText("Invoice 4711").waitFor();
  await page.goto("/stats");
  await page.getByRole("region", { name: "Category" }).getByRole("link", { name: /Billing/ }).click();
  await page.waitForURL("**/tickets?category=billing");
  await page.getByText("Invoice 4711").waitFor();
});

test("a ticket is filed where nothing suggests", async () => {
  const bare = await startServer({ FRONTDESK_CLASSIFIER: "off" });
  const other = await newPage(browser, bare.url);
  await file(other, "By hand", "There is no classifier, and that is fine.", { Category: "general" });
  await other.getByText("not sorted yet").waitFor();
  await other.close();
  assert.equal(await bare.stop(), 0);
});

test("a failing suggestion says so and stands in nobody's way", async () => {
  await page.route("**/classify/", (route) => route.fulfill({ status: 503, headers: { "retry-after": "30" }, body: "{}" }));
  await page.goto("/");
  await page.getByLabel("Title").fill("No suggestion");
  await page.getByLabel("Description").fill("The classifier is away at the moment.");
  await page.getByText("No suggestion right now. Please choose yourself; nothing").waitFor();
  await looksRight(page, "form-without-suggestion");
  await page.getByLabel("Category", { exact: true }).selectOption("account");
  await page.getByLabel("Priority", { exact: true }).selectOption("high");
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("heading", { name: /is filed/ }).waitFor();
});
