// The form: whose the choices are, how sure a suggestion is, faults, the draft, the confirmation.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, file, focused, looksRight, newPage } from "./pages.js";

const text = "My card was charged twice, please refund one of them.";
let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
});
beforeEach(async () => {
  await page?.context().close();
  page = await newPage(browser, server.url);
  await page.goto("/");
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const field = (label) => page.getByLabel(label, { exact: true });
const suggested = (values) =>
  page.route("**/classify/", (route) =>
    route.fulfill({
      json: {
        suggested_category: "billing",
        suggested_priority: "high",
        confidence: null,
        source: "gemini",
        model: "gemini-3.5-flash-lite",
        degraded: false,
        evidence: ["charged twice", "refund"],
        alternatives: { category: "account", priority: "medium" },
        ...values,
      },
    }),
  );
async function submitted() {
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/tickets/"));
  await page.getByRole("button", { name: "Submit ticket" }).click();
  await page.getByRole("heading", { name: /is filed/ }).waitFor();
  const { title, description, ...choices } = (await sent).postDataJSON();
  return choices;
}
async function filled() {
  await field("Title").fill("Charged twice");
  await field("Description").fill(text);
  await page.getByText("Suggestion", { exact: true }).waitFor();
}

test("what was suggested is sent with its source, what was chosen without", async () => {
  await suggested({});
  await filled();
  await field("Priority").selectOption("low");
  // the same as suggested, and yet the person's
  await field("Priority").selectOption("high");
  assert.deepEqual(await submitted(), { category: "billing", category_source: "gemini", priority: "high" });
  await page.getByText("suggested by Gemini").waitFor();
  await page.getByText("chosen by you").waitFor();
});

test("an unsure suggestion fills nothing and is offered", async () => {
  await suggested({ confidence: { category: 0.93, priority: 0.54 } });
  await filled();
  await page.getByText("quite sure, 93 %").waitFor();
  await page.waitForFunction(() => document.querySelector("#category").value === "billing");
  assert.equal(await field("Priority").inputValue(), "");
  await looksRight(page, "form-unsure");
  await page.getByRole("button", { name: "Use High" }).click();
  assert.equal(await field("Priority").inputValue(), "high");
  assert.deepEqual(await submitted(), { category: "billing", category_source: "gemini", priority: "high" });
});

test("what is left to us stays so when the field is left", async () => {
  await suggested({});
  await filled();
  await page.waitForFunction(() => document.querySelector("#category").value === "billing");
  await field("Category").focus();
  await field("Category").selectOption("");
  await field("Title").focus();
  await page.getByText("You chose differently for category").waitFor();
  assert.equal(await field("Category").inputValue(), "");
  const sent = await submitted();
  assert.deepEqual(sent, { priority: "high", priority_source: "gemini" });
});

test("a field under the hand is filled when it is left", async () => {
  await suggested({});
  await field("Description").fill(text);
  await field("Category").focus();
  await page.getByText("Suggestion", { exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector("#priority").value === "high");
  assert.equal(await field("Category").inputValue(), "");
  await field("Title").focus();
  await page.waitForFunction(() => document.querySelector("#category").value === "billing");
});

test("a suggestion that fails is asked for again on request", async () => {
  await page.route("**/classify/", (route) => route.fulfill({ status: 500, body: "{}" }));
  await field("Description").fill(text);
  const again = page.getByRole("button", { name: "Try again" });
  await again.waitFor();
  await looksRight(page, "form-suggestion-failed");
  await page.unrouteAll();
  await suggested({});
  await again.click();
  await page.getByText("Suggestion", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Why?" }).click();
  await page.getByText("model gemini-3.5-flash-lite").waitFor();
  await looksRight(page, "form-why");
});

test("nothing below the suggestion jumps when it comes", async () => {
  await suggested({ confidence: { category: 0.5, priority: 0.5 } });
  const top = async () => (await field("Category").boundingBox()).y;
  const before = await top();
  await filled();
  await page.getByRole("button", { name: "Use Billing" }).waitFor();
  assert.equal(await top(), before);
});

test("each failed try moves the focus to the faults, and the title says so", async () => {
  const submit = page.getByRole("button", { name: "Submit ticket" });
  for (let attempt = 0; attempt < 2; attempt++) {
    await submit.click();
    await page.waitForFunction(() => document.activeElement.classList.contains("error"));
    assert.equal(await page.title(), "Error: Submit a ticket – frontdesk");
    await field("Title").focus();
  }
  await submit.click();
  await page.getByRole("link", { name: "Describe what is wrong" }).click();
  assert.equal(await focused(page), "description");
});

test("characters are counted when they become few", async () => {
  await field("Title").fill("x".repeat(149));
  assert.equal(await page.getByText("characters left").count(), 0);
  await field("Title").fill("x".repeat(150));
  await page.getByText("50 characters left").first().waitFor();
  await field("Title").fill("x".repeat(201));
  await page.getByText("1 character too many").first().waitFor();
  await looksRight(page, "form-too-long");
});

test("a draft survives a reload with its choices, and goes when it is sent", async () => {
  await suggested({});
  await filled();
  await field("Priority").selectOption("critical");
  await page.reload();
  await page.getByText("What you wrote before is still here.").waitFor();
  assert.equal(await field("Description").inputValue(), text);
  assert.equal(await field("Priority").inputValue(), "critical");
  await page.getByText("your choice", { exact: true }).waitFor();
  await looksRight(page, "form-restored");
  assert.deepEqual(await submitted(), { category: "billing", category_source: "gemini", priority: "critical" });
  await page.goto("/");
  assert.equal(await field("Title").inputValue(), "");
  assert.equal(await page.getByText("What you wrote before").count(), 0);
});

test("the focus outlives the button that was pressed", async () => {
  const stays = async () => assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
  await suggested({});
  await filled();
  await field("Priority").selectOption("low");
  await page.getByRole("button", { name: "Use the suggestion" }).click();
  await page.getByText("You can change both below.").waitFor();
  await stays();
  await page.reload();
  await page.getByRole("button", { name: "Start afresh" }).click();
  assert.equal(await focused(page), "title");
  await file(page, "Charged twice", text);
  await page.getByRole("button", { name: "File another" }).click();
  await page.waitForFunction(() => document.activeElement.id === "title");
  await page.goto("/tickets?status=open&search=nowhere");
  await page.getByRole("button", { name: "Remove Status: Open" }).click();
  await page.waitForURL("**/tickets?search=nowhere");
  await stays();
  await page.getByRole("button", { name: "Drop “Search: nowhere”" }).click();
  await page.getByRole("grid", { name: "Tickets" }).getByRole("row").first().waitFor();
  await stays();
});

test("the confirmation says what was understood and lets it be put right", async () => {
  await file(page, "Charged twice", text);
  const id = (await page.getByRole("heading", { name: /is filed/ }).textContent()).match(/\d+/)[0];
  await page.getByRole("link", { name: `#${id}` }).waitFor();
  await field("Category").selectOption("account");
  await page.getByText("Saved", { exact: true }).waitFor();
  await looksRight(page, "filed");
  assert.equal((await elsewhere(server.url, "GET", `/api/tickets/${id}/`)).category, "account");
});
