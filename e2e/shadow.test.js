// A second source that is asked silently: the form and the ticket say nothing of it, and the page of accuracy
// compares it with the one that serves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { startLanguageModel } from "./language-model.js";
import { elsewhere, file, looksRight, newPage } from "./pages.js";

let browser;
let model;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  model = await startLanguageModel();
  server = await startServer({ ...model.environment, FRONTDESK_CLASSIFIER: "local", FRONTDESK_SHADOW: "gemini" });
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "it ends cleanly");
  model?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const region = (name) => page.getByRole("region", { name, exact: true });
const says = (name, text) => region(name).getByText(text).first().waitFor();
const report = () => elsewhere(server.url, "GET", "/api/classifier/report/");

/** Once so many tickets were asked about, whatever came of it. */
async function asked(tickets) {
  for (;;) {
    const { shadow } = await report();
    if (shadow.asked[0]?.tickets >= tickets) return shadow.asked[0];
  }
}

test("before a ticket comes the page says who is asked", async () => {
  await page.goto("/accuracy");
  await says("Questions in the shadow", "Gemini is asked silently about each ticket once it is filed. None has come yet.");
});

test("who files a ticket sees nothing of it, and agents see how the two compare", async () => {
  await file(page, "Charged twice", "My card was charged twice, please refund one of them.");
  assert.equal((await asked(1)).answered, 1);
  const ticket = await elsewhere(server.url, "GET", "/api/tickets/1/");
  assert.deepEqual([ticket.category, ticket.category_source, ticket.version], ["billing", "local", 1]);
  await page.goto("/accuracy");
  await page.getByRole("row", { name: /^Gemini gemini-3\.5-flash-lite · prompt .* in the shadow 1/ }).waitFor();
  await says(
    "Category: Gemini beside Built-in classifier",
    "Both judged 1 ticket and differ on 1; none of these tickets is resolved or closed yet.",
  );
  await elsewhere(server.url, "PATCH", "/api/tickets/1/", { status: "resolved" });
  model.fault = 500;
  await file(page, "Export", "The export crashes with an error, every time.");
  assert.deepEqual((await asked(2)).failures, [{ kind: "unavailable", n: 1 }]);
  await page.goto("/accuracy");
  const pair = region("Category: Gemini beside Built-in classifier");
  await pair.getByText(/^1 ticket that both judged .* do not tell which is right more often \(difference in points: -100; 95 %: /).waitFor();
  await pair.getByText("Show the numbers").click();
  await pair.getByRole("row", { name: "Only Built-in classifier right 1 – –" }).waitFor();
  await says("Questions in the shadow", "Gemini was to be asked silently about 2 tickets, and answered on 1.");
  await region("Questions in the shadow").getByText("Unavailable").first().waitFor();
  await page.getByRole("link", { name: "Gemini" }).click();
  await says("Category: how often it is right", /^Right on 0 of 1 ticket/);
  const shares = region("Category: how often it is right");
  assert.equal(await shares.getByText("Chosen by the requester").count(), 0, "nobody saw it");
  await page.reload();
  assert.equal(await page.getByRole("link", { name: "Gemini" }).getAttribute("aria-current"), "true");
});

/** As a server sends it that was asked for weeks. */
async function afterWeeks(route) {
  const json = await (await route.fetch()).json();
  const share = (k, n) => ({ k, n, share: k / n, low: k / n - 0.05, high: Math.min(1, k / n + 0.04) });
  const better = { differ: share(61, 412), served: share(262, 301), shadow: share(283, 301), only_served: 9, only_shadow: 30 };
  const unclear = { differ: share(120, 412), served: share(240, 301), shadow: share(243, 301), only_served: 30, only_shadow: 33 };
  const shown = json.models.find(({ role }) => role === "shown");
  const shadow = json.models.find(({ role }) => role === "shadow");
  const paired = {
    ...shadow.paired[0],
    tickets: 412,
    category: { ...better, difference: { share: 0.0698, low: 0.029, high: 0.11 } },
    priority: { ...unclear, difference: { share: 0.01, low: -0.042, high: 0.062 } },
  };
  const right = { category: { ...shadow.category, accuracy: share(290, 310) }, priority: { ...shadow.priority, accuracy: share(250, 310) } };
  const asked = {
    ...json.shadow.asked[0],
    tickets: 468,
    answered: 440,
    failures: [{ kind: "timed_out", n: 11 }, { kind: "bad_answer", n: 2 }],
    dropped: [{ kind: "budget_spent", n: 9 }, { kind: "deleted", n: 2 }, { kind: "shutdown", n: 4 }],
  };
  const models = [{ ...shown, suggestions: 431 }, { ...shadow, ...right, suggestions: 440, paired: [paired] }];
  await route.fulfill({ json: { ...json, models, shadow: { ...json.shadow, asked: [asked] } } });
}

test("which is better is said where the tickets tell, in each language", async () => {
  await page.route("**/api/classifier/report/**", afterWeeks);
  await page.goto("/accuracy");
  const category = region("Category: Gemini beside Built-in classifier");
  await category.getByText(/^On 301 tickets .* Gemini in the shadow was right more often \(difference in points: \+7; 95 %: \+3 to \+11\)\.$/).waitFor();
  await says("Priority: Gemini beside Built-in classifier", /do not tell which is right more often \(difference in points: \+1; 95 %: -4 to \+6\)/);
  await region("Questions in the shadow").getByText("Its half of the bound reached").first().waitFor();
  await category.scrollIntoViewIfNeeded();
  await looksRight(page, "accuracy-shadow");
  for (const [locale, name, sentence] of [
    ["de", "Kategorie: Gemini neben Eingebauter Klassifikator", /Gemini im Schatten öfter richtig \(Unterschied in Punkten: \+7;/],
    ["es", "Categoría: Gemini junto a Clasificador integrado", /Gemini en la sombra acertó más \(diferencia en puntos: \+7;/],
  ]) {
    const other = await newPage(browser, server.url, { locale });
    await other.route("**/api/classifier/report/**", afterWeeks);
    await other.goto("/accuracy");
    await other.getByRole("region", { name, exact: true }).getByText(sentence).first().waitFor();
    await looksRight(other, `accuracy-shadow-${locale}`);
    assert.deepEqual(other.complaints, []);
    await other.context().close();
  }
});
