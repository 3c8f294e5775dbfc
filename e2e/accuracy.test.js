// How often suggestions are right: what the page says of few and of none, how its plots are read by eye, key
// and ear, and which doors it has.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, looksRight, newPage, picture, pressAll } from "./pages.js";

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

/** Files what a suggestion was seen for, chosen so, and resolves it as what it was in the end. */
async function decided(title, description, chosen, end) {
  const suggestion = await elsewhere(server.url, "POST", "/api/tickets/classify/", { title, description });
  const ticket = { title, description, ...chosen, suggestion_id: suggestion.suggestion_id };
  const { id } = await elsewhere(server.url, "POST", "/api/tickets/", ticket);
  if (end) await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { ...end, status: "resolved" });
  return suggestion;
}

const region = (name) => page.getByRole("region", { name, exact: true });
const says = (name, text) => region(name).getByText(text).first().waitFor();

test("where nothing was kept, the page says why and what to do", async () => {
  await page.goto("/accuracy");
  await page.getByRole("heading", { name: "No suggestion was kept in 30 days" }).waitFor();
  await page.getByRole("link", { name: "Look at a year" }).click();
  await page.waitForURL("**/accuracy?days=365");
  await page.getByRole("heading", { name: "No suggestion was kept in 365 days" }).waitFor();
  await says("Failures", /^None since /);
  await looksRight(page, "accuracy-empty");
  const bare = await startServer({ FRONTDESK_CLASSIFIER: "off" });
  const other = await newPage(browser, bare.url);
  await other.goto("/accuracy");
  await other.getByText("Suggestions are switched off on this server.").waitFor();
  await other.context().close();
  assert.equal(await bare.stop(), 0);
});

test("what is filed and not decided yet is neither right nor wrong", async () => {
  await decided("Charged", "My card was charged twice, please refund one.", { category: "billing" });
  await page.goto("/accuracy");
  await page.getByRole("link", { name: "Tickets to resolve" }).waitFor();
  await says("Category: how often it is right", "No ticket with a suggestion is resolved or closed yet.");
  await looksRight(page, "accuracy-undecided");
});

test("few decided tickets are told with how little they say, and open the list behind them", async () => {
  const twice = ["Charged", "My card was charged twice, please refund one."];
  const right = [
    [...twice, "billing"],
    ["Export fails", "The app crashes with an error when I export a report.", "technical"],
    ["Cannot sign in", "I forgot my password and cannot sign in to my account.", "account"],
  ];
  for (const [title, text, word] of right) {
    const { suggested_category: said } = await decided(title, text, { category: word }, { category: word });
    assert.equal(said, word);
  }
  await decided(...twice, { category: "account" }, { category: "general" });
  const { unsure } = await decided("", "asdkjh wkejfhk xcvbmn", { category: "general", title: "Words" }, { category: "general" });
  assert.equal(unsure.category, true);
  await page.goto("/accuracy");
  await says("Category: how often it is right", /^Right on 4 of 5 tickets \(80\s%\): so few that it may as well be 38 to 96\s%\.$/);
  await says(
    "Category: what it ended as, by what was suggested",
    "1 of 5 tickets mixed up; most often Billing was suggested where General was right (once).",
  );
  const row = page.getByRole("row", { name: /^General/ }).first();
  assert.deepEqual(await row.getByRole("cell").allTextContents(), ["1", "0", "0", "1"]);
  await looksRight(page, "accuracy");
  const matrix = region("Category: what it ended as, by what was suggested");
  await matrix.getByText("Show the numbers").click();
  await matrix.getByRole("row", { name: /^Billing 1 100\s% \(95 %: 21 to 100\s%\) 2 50\s%/ }).waitFor();
  await row.getByRole("link", { name: "General" }).click();
  await page.waitForURL("**/tickets?category=general&status=resolved,closed");
  await page.getByText("Charged").first().waitFor();
  assert.equal(await page.getByRole("grid", { name: "Tickets" }).getByRole("row").count(), 2);
});

test("a plot is read by keys, and says each of its points", async () => {
  await page.goto("/accuracy");
  const reader = page.getByRole("slider", { name: "Read the confidence of category, bin by bin" });
  const said = () => reader.getAttribute("aria-valuetext");
  await reader.focus();
  await pressAll(page, "Home");
  const first = await said();
  assert.match(first, /^Says \d+\s%, is right \d+\s% \(\d of \d; 95 %: \d+ to \d+\s%\)$/);
  await region("Category: does the confidence hold?").getByText(first).waitFor();
  await pressAll(page, "ArrowRight");
  assert.notEqual(await said(), first);
  await pressAll(page, "ArrowLeft");
  assert.equal(await said(), first);
  await pressAll(page, "End");
  assert.notEqual(await said(), first);
  await picture(page, "accuracy-reader");
  // and by pointing at it
  const { x, y, height } = await reader.boundingBox();
  await page.mouse.move(x + 1, y + height / 2);
  assert.equal(await said(), first);
});

/** The report as a server sends it that asks a language model, and counts what it takes. */
async function withUse(route) {
  const report = await (await route.fetch()).json();
  const [local] = report.models;
  const [today, before] = [0, 1].map((ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10));
  const flash = { source: "gemini", model: "gemini-3.5-flash-lite" };
  const gemini = { ...local, ...flash, prompt_version: "3", suggestions: 400, input_tokens: 80_000, output_tokens: 5_000, cost: 0.01 };
  const other = { ...local, source: "openai", model: "qwen-3-8b", suggestions: 12, latency_ms: null, input_tokens: 2_400, output_tokens: 120, cost: null };
  const none = { cached_input_tokens: 0, failures: [], breaker_opened: 0 };
  const hours = (ago) => new Date(Date.now() - ago * 3_600_000).toISOString();
  const json = {
    ...report,
    models: [gemini, { ...local, refits: 12 }, other],
    failures: [
      { source: "gemini", kind: "timed_out", n: 7 },
      { source: "gemini", kind: "rate_limited", n: 2 },
    ],
    usage: [
      { ...none, ...flash, day: today, calls: 210, input_tokens: 66_400, output_tokens: 4_200, cost: 0.0088, cache_hits: 40 },
      { ...none, ...flash, day: before, calls: 100, input_tokens: 32_000, output_tokens: 2_000, cost: 0.0043, cache_hits: 50 },
    ],
    usage_is_complete: true,
    breaker: {
      state: "closed",
      history: [
        { at: hours(150), state: "closed", last_failure: null },
        { at: hours(200), state: "open", last_failure: "timed_out" },
      ],
    },
  };
  await route.fulfill({ json });
}

test("what models use and where they fail is told as far as it is counted", async () => {
  await page.route("**/api/classifier/report/**", withUse);
  await page.goto("/accuracy");
  await says("Calls, tokens and cost", "310 calls, 98,400 tokens in, 6,200 tokens out, about $0.0131, 90 answers from memory (23 %).");
  const reader = page.getByRole("slider", { name: "Read calls day by day" });
  assert.match(await reader.getAttribute("aria-valuetext"), /: 210 calls, /);
  await reader.press("Home");
  assert.match(await reader.getAttribute("aria-valuetext"), /: 100 calls, /);
  await says("Failures", /^9 failures since .*, most of the kind “Too slow” \(Gemini, 7\)\.$/);
  await says("Left alone after failures", /^The language model was left alone 1 time, last until /);
  const breaker = region("Left alone after failures");
  await breaker.getByText("Show the numbers").click();
  await breaker.getByRole("row", { name: /Too slow left alone$/ }).waitFor();
  await looksRight(page, "accuracy-use");
  await page.getByRole("row", { name: /^Built-in classifier frontdesk-ngrams-1 · learning, 12 refits · / }).waitFor();
  await page.getByRole("link", { name: "Built-in classifier" }).click();
  await page.waitForURL(/model=local/);
  await says("Calls, tokens and cost", "Calls, tokens and cost are not counted.");
  await page.getByRole("link", { name: "Language model" }).click();
  await says("Calls, tokens and cost", "2,400 tokens in, 120 tokens out.");
  await page.reload();
  assert.equal(await page.getByRole("link", { name: "Language model" }).getAttribute("aria-current"), "true");
  await page.unroute("**/api/classifier/report/**");
});

/** A month of two models, of which one day went badly. */
async function withBadDay(route) {
  const json = await (await route.fetch()).json();
  const dayOf = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const none = { source: "gemini", model: "a", cache_hits: 0, input_tokens: 0, cached_input_tokens: 0, output_tokens: 0, cost: 0 };
  json.usage = Array.from({ length: 28 }, (_, ago) => ({
    ...none,
    day: dayOf(ago),
    calls: ago % 7 < 2 ? 30 : 180 + 9 * (ago % 5),
    failures: [
      ...(ago % 4 === 0 ? [{ kind: "rate_limited", n: 1 + (ago % 3) }] : []),
      ...(ago === 9 ? [{ kind: "timed_out", n: 31 }, { kind: "circuit_open", n: 12 }] : []),
    ],
    breaker_opened: ago === 9 ? 3 : 0,
  }));
  json.usage.push({ ...none, model: "b", day: dayOf(9), calls: 11, failures: [{ kind: "timed_out", n: 4 }], breaker_opened: 0 });
  json.usage_is_complete = true;
  await route.fulfill({ json });
}

test("calls, failures by kind and openings are read day by day", async () => {
  await page.route("**/api/classifier/report/**", withBadDay);
  await page.goto("/accuracy");
  const days = region("Calls and failures by day");
  await days.getByText(/^4,\d+ calls, 60 failures; most on .* \(47\)\. Models were left alone 3 times after failures in a row\.$/).waitFor();
  const reader = page.getByRole("slider", { name: "Read calls and failures day by day" });
  await reader.focus();
  await page.keyboard.press("End");
  assert.match(await reader.getAttribute("aria-valuetext"), /: 30 calls and 1 × Too many requests$/);
  for (let ago = 0; ago < 9; ago++) await page.keyboard.press("ArrowLeft");
  assert.match(
    await reader.getAttribute("aria-valuetext"),
    /: 227 calls, 35 × Too slow, 12 × Left alone after failures, and left alone 3 times$/,
  );
  await days.scrollIntoViewIfNeeded();
  await looksRight(page, "accuracy-days");
  await days.getByText("Show the numbers").click();
  await days.getByRole("row", { name: / 227 35 0 12 3$/ }).waitFor();
  assert.equal(await days.getByRole("row").count(), 29, "each day has a row");
  for (const [locale, name] of [["de", "Aufrufe und Fehler nach Tagen"], ["es", "Llamadas y fallos por día"]]) {
    const other = await newPage(browser, server.url, { locale });
    await other.route("**/api/classifier/report/**", withBadDay);
    await other.goto("/accuracy");
    const plot = other.getByRole("region", { name, exact: true });
    await plot.scrollIntoViewIfNeeded();
    await picture(other, `accuracy-days-${locale}`);
    assert.deepEqual(other.complaints, []);
    await other.context().close();
  }
  await page.unroute("**/api/classifier/report/**");
});

test("range and model stand in the URL", async () => {
  await page.goto("/accuracy?days=7");
  assert.equal(await page.getByLabel("Days").inputValue(), "7");
  await page.getByLabel("Days").selectOption("90");
  await page.waitForURL("**/accuracy?days=90");
  await page.reload();
  await says("Category: how often it is right", /^Right on 4 of 5/);
  assert.equal(await page.getByLabel("Days").inputValue(), "90");
});

test("what fails is said in its place, and can be tried again", async () => {
  await page.route("**/api/classifier/report/**", (route) =>
    route.fulfill({ status: 400, contentType: "application/problem+json", body: JSON.stringify({ detail: "It is broken." }) }),
  );
  await page.goto("/accuracy");
  await page.getByRole("alert").getByText("It is broken.").waitFor();
  await looksRight(page, "accuracy-failed");
  await page.unroute("**/api/classifier/report/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await says("Category: how often it is right", /^Right on 4 of 5/);
});

test("one comes here from the navigation, by keys and by name", async () => {
  await page.goto("/stats");
  await page.getByText("Average per day").waitFor();
  await pressAll(page, "g", "c");
  await page.waitForURL("**/accuracy");
  await page.goto("/stats");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Accuracy" }).click();
  await page.getByRole("heading", { name: "Accuracy" }).waitFor();
  await page.goto("/stats");
  await page.getByText("Average per day").waitFor();
  await pressAll(page, "Control+k");
  await page.getByRole("option", { name: /^Go to the accuracy/ }).waitFor();
  await page.keyboard.type("accur");
  await pressAll(page, "Enter");
  await page.waitForURL("**/accuracy");
});

test("what was learnt is told to everybody who works here", async () => {
  await page.goto("/accuracy");
  await says("Learning", /^On, but there are too few corrections/);
  const forget = region("Learning").getByRole("button", { name: "Forget all…" });
  assert.equal(await forget.getAttribute("aria-disabled"), "true");
  await region("Learning").getByText("Only admins switch learning and forget what was learnt.").waitFor();
  await looksRight(page, "accuracy-learning");
});

test("an admin switches learning, and forgets what was learnt after being asked", async () => {
  const own = await startServer({ FRONTDESK_ACCESS: "accounts" });
  const admin = await newPage(browser, own.url);
  await admin.goto(own.setup);
  await admin.getByLabel("Email address").fill("root@example.com");
  await admin.getByLabel("Your name").fill("Root");
  await admin.getByLabel("New password", { exact: true }).fill("correct horse battery");
  await admin.locator("button[type=submit]").click();
  await admin.getByRole("heading", { name: "Tickets" }).waitFor();
  // as a server tells it that has learnt something
  let learnt = true;
  await admin.route("**/api/classifier/learning/", async (route) => {
    const isForgotten = route.request().method() === "DELETE";
    const response = await route.fetch();
    if (isForgotten) learnt = false;
    if (isForgotten || !response.ok()) return route.fulfill({ response });
    const json = await response.json();
    const share = (k) => ({ k, n: 100, share: k / 100, low: k / 100 - 0.09, high: k / 100 + 0.08 });
    const more = { corrections: 140, refitted_at: "2026-11-28T09:00:00Z", model: "frontdesk-ngrams-1+140" };
    const field = { ...json.category, is_used: true, shipped: share(78), learnt: share(86) };
    await route.fulfill({ json: learnt ? { ...json, ...more, category: field, priority: field } : json });
  });
  await admin.goto("/accuracy");
  const learning = admin.getByRole("region", { name: "Learning", exact: true });
  await learning.getByText("140 of at most 2,000").waitFor();
  await learning.getByText(/^86\s% \(86 of 100; 77 to 94\s%\)$/).first().waitFor();
  await looksRight(admin, "accuracy-learning-admin");
  await learning.getByRole("button", { name: "Switch learning off" }).click();
  await learning.getByText(/^Switched off: nothing is learnt/).waitFor();
  await admin.reload();
  await learning.getByRole("button", { name: "Switch learning on" }).click();
  await learning.getByRole("button", { name: "Switch learning off" }).waitFor();
  await learning.getByRole("button", { name: "Forget all…" }).click();
  const dialog = admin.getByRole("dialog", { name: "Forget all that was learnt?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await learning.getByText("140 of at most 2,000").waitFor();
  await learning.getByRole("button", { name: "Forget all…" }).click();
  await dialog.getByRole("button", { name: "Forget all" }).click();
  await learning.getByText("All is forgotten.").waitFor();
  await learning.getByText("0 of at most 2,000").waitFor();
  assert.equal(await learning.getByRole("button", { name: "Forget all…" }).getAttribute("aria-disabled"), "true");
  assert.deepEqual(admin.complaints, []);
  await admin.context().close();
  assert.equal(await own.stop(), 0);
});
