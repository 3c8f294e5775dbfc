// Triage: one ticket at a time, one key for each decision, an end, and a way back from it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { becomes as serverHas, elsewhere, focused, looksRight, newPage, pressAll } from "./pages.js";

let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  const texts = [
    ["Charged twice", "My card was charged twice, please refund one of them."],
    ["Export fails", "The app crashes with an error when I export a report."],
    ["Cannot sign in", "I forgot my password and the reset mail never comes."],
  ];
  // the priority is the classifier's choice, which nobody has confirmed
  for (const [title, description] of texts) {
    await elsewhere(server.url, "POST", "/api/tickets/", { title, description, category: "general" });
  }
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const press = (...keys) => pressAll(page, ...keys);
const at = (title) => page.getByRole("heading", { name: title, level: 2 }).waitFor();
const becomes = (id, values) => serverHas(page, id, values);

test("a queue is gone through by keys alone, and its last decisions are undone", async () => {
  await page.goto("/tickets");
  await page.getByText("Charged twice").waitFor();
  await press("g", "r");
  await at("Cannot sign in");
  await page.getByText("1 of 3", { exact: true }).waitFor();
  await page.getByText("The classifier proposes").waitFor();
  await looksRight(page, "triage");
  // a value by its key, then on
  await press("2");
  await becomes(3, { priority: "medium" });
  await press("y");
  await at("Export fails");
  assert.equal(await focused(page), "triage-title");
  await page.getByText("2 of 3", { exact: true }).waitFor();
  // what the classifier proposes
  await page.getByText("The classifier proposes").waitFor();
  await press("t");
  await becomes(2, { category: "technical" });
  await press("y");
  await at("Charged twice");
  await press("c");
  assert.equal(await focused(page), "ticket-Category");
  await press("b");
  await becomes(1, { category: "billing" });
  assert.equal(await focused(page), "triage-title");
  await press("n");
  await at("All 3 triaged.");
  await page.getByText("1 of them skipped").waitFor();
  await looksRight(page, "triage-done");
  await becomes(3, { category_source: "agent", priority_source: "agent" });
  // back: the skip, then the category
  await press("z");
  await at("Charged twice");
  await press("z");
  await becomes(1, { category: "general" });
  await press("4");
  await becomes(1, { priority: "critical" });
  await press("1");
  await becomes(1, { priority: "low" });
  await press("3");
  await becomes(1, { priority: "high" });
  await press("y");
  await at("All 3 triaged.");
  await becomes(1, { category: "general", category_source: "agent" });
});

test("what an agent has decided does not wait again", async () => {
  await page.goto("/triage");
  await at("Nothing waits to be triaged.");
  await looksRight(page, "triage-nothing");
});

test("the queue takes the list's filter, can begin with the most urgent, and leads back", async () => {
  for (const priority of ["low", "critical", "medium"]) {
    const description = "I forgot my password and the reset mail never comes.";
    const ticket = { title: `Is ${priority}`, description, priority };
    await elsewhere(server.url, "POST", "/api/tickets/", ticket);
  }
  await page.goto("/tickets?category=account");
  await page.getByRole("link", { name: "Triage these" }).click();
  await at("Is medium");
  await page.getByLabel("Order").selectOption("urgent");
  await at("Is critical");
  await page.getByText("1 of 3", { exact: true }).waitFor();
  await page.getByText("Category: Account · Status: Open").waitFor();
  await page.locator("h2").focus();
  await press("Escape");
  await page.waitForURL(/\/tickets\?category=account&status=open$/);
});
