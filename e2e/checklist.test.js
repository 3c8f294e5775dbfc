// The checklist of a person who tries the product: file with a suggestion and override it, filter and
// search, change a status, see the statistics, and file without any classifier.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.E2E_PICTURES;
let browser;
let server;
let page;
const complaints = [];

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  page = await newPage(server.url);
});
after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "it ends cleanly");
  assert.deepEqual(complaints, [], "the browser's console is quiet");
});

async function newPage(baseURL, options = {}) {
  const context = await browser.newContext({ baseURL, bypassCSP: false, ...options });
  const opened = await context.newPage();
  opened.setDefaultTimeout(10_000);
  opened.on("pageerror", (error) => complaints.push(String(error)));
  opened.on("console", (message) => {
    // a refused request is the matter of the test that provokes it
    const isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  return opened;
}

async function looksRight(name) {
  // by the debugger, not by a script element: the policy forbids those
  const { violations } = await page.evaluate(`${axe}; axe.run()`);
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`),
    [],
    name,
  );
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const size = page.viewportSize();
  for (const [kind, viewport] of [["desktop", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}/${name}-${kind}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(size);
}

async function file(title, description, choose = {}) {
  await page.goto("/");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill(description);
  for (const [label, value] of Object.entries(choose)) {
    await page.getByLabel(label, { exact: true }).selectOption(value);
  }
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("heading", { name: /Ticket \d+ is filed/ }).waitFor();
}

const value = (label) => page.getByLabel(label, { exact: true }).inputValue();

test("a suggestion fills what nobody chose, and never what somebody did", async () => {
  await page.goto("/");
  await page.getByLabel("Title").fill("Charged twice");
  await page.getByLabel("Description").fill("My card was charged twice, please refund one of them.");
  await page.getByText("Suggestion", { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector("#category").value === "billing");
  assert.equal(await value("Priority"), "high");
  await looksRight("form-with-suggestion");

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
  await looksRight("filed");
  await page.getByRole("link", { name: "All tickets" }).click();
  const first = page.getByRole("region", { name: "List" }).getByRole("listitem").first();
  await first.getByText("Export fails").waitFor();
  await first.locator("a").getByText("Critical").waitFor();
});

test("a form that is not filled says everything that is missing", async () => {
  await page.goto("/");
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("link", { name: "Enter a title" }).waitFor();
  await page.getByRole("link", { name: "Describe what is wrong" }).waitFor();
  await page.waitForFunction(() => document.activeElement.classList.contains("error"));
  await looksRight("form-with-faults");
});

test("the list filters, searches and turns", async () => {
  await file("Printer question", "How do I connect it to the office network?", { Category: "general", Priority: "low" });
  await file("Invoice 4711", "The address on it is wrong, 100% sure.", { Category: "billing", Priority: "low" });
  await page.goto("/tickets");
  const count = (text) => page.getByText(text, { exact: true }).first().waitFor();
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
  assert.match(page.url(), /priority=low/);
  assert.match(page.url(), /search=OFFICE/);
  await page.getByLabel("Status", { exact: true }).selectOption("closed");
  await page.getByText("No ticket matches").waitFor();
  await looksRight("list-without-match");
  await page.getByRole("link", { name: "Drop all filters" }).click();
  await count("3");
  await looksRight("list");
  await page.goto("/tickets?limit=2");
  await page.getByRole("button", { name: "Older" }).click();
  await page.getByText("Export fails").waitFor();
  await page.getByRole("button", { name: "Newer" }).click();
  await page.getByText("Invoice 4711").waitFor();
});

test("a status changes at once, and back when the server refuses", async () => {
  await page.goto("/tickets");
  await page.getByRole("link", { name: /Invoice 4711/ }).click();
  const panel = page.getByRole("complementary", { name: /Ticket 3/ });
  await panel.getByLabel("Status", { exact: true }).selectOption("resolved");
  await panel.getByText("Saved").waitFor();
  await looksRight("ticket");
  assert.equal(await page.getByLabel("Status of ticket 3").inputValue(), "resolved");

  // somebody else changes it: the screen does not know yet
  const change = await fetch(`${server.url}/api/tickets/3/`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ status: "closed" }),
  });
  assert.equal(change.status, 200);
  await panel.getByLabel("Status", { exact: true }).selectOption("open");
  await panel.getByText("Somebody else changed this ticket meanwhile").waitFor();
  await page.waitForFunction(() => document.querySelector("#ticket-Status").value === "closed");
});

test("the statistics count, and open the list behind a number", async () => {
  await page.goto("/stats");
  const figure = (name) => page.locator("dl > div").filter({ hasText: name }).locator("dd");
  await page.getByText("Average per day").waitFor();
  assert.equal(await figure("Total tickets").textContent(), "3");
  assert.equal(await figure("Open tickets").textContent(), "2");
  assert.equal(await figure("Average per day").textContent(), "3.0");
  await looksRight("dashboard");
  await page.getByRole("region", { name: "Category" }).getByRole("link", { name: /Billing/ }).click();
  await page.waitForURL("**/tickets?category=billing");
  await page.getByText("Invoice 4711").waitFor();
});

test("a ticket is filed where nothing suggests", async () => {
  const bare = await startServer({ FRONTDESK_CLASSIFIER: "off" });
  const kept = page;
  page = await newPage(bare.url);
  await file("By hand", "There is no classifier, and that is fine.", { Category: "general" });
  await page.getByText("not sorted yet").waitFor();
  await page.close();
  page = kept;
  assert.equal(await bare.stop(), 0);
});

test("a failing suggestion says so and stands in nobody's way", async () => {
  await page.route("**/classify/", (route) => route.fulfill({ status: 503, headers: { "retry-after": "30" }, body: "{}" }));
  await page.goto("/");
  await page.getByLabel("Title").fill("No suggestion");
  await page.getByLabel("Description").fill("The classifier is away at the moment.");
  await page.getByText("No suggestion right now. Please choose yourself; nothing").waitFor();
  await looksRight("form-without-suggestion");
  await page.getByLabel("Category", { exact: true }).selectOption("account");
  await page.getByLabel("Priority", { exact: true }).selectOption("high");
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("heading", { name: /is filed/ }).waitFor();
});
