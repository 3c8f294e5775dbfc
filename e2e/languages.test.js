// The pages in other languages: chosen by the browser or by a person, whole, at once, and from right to left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, looksRight, newPage, phone } from "./pages.js";

const texts = [
  ["Doppelt abgebucht, und telefonisch ist niemand erreichbar", "billing", "critical", "open"],
  ["Export schlägt fehl", "technical", "high", "in_progress"],
  ["Rückfrage zur Rechnung", "general", "low", "resolved"],
  ["Anmeldung unmöglich", "account", "medium", "closed"],
];
const german = [
  ["form", "/", "Ticket einreichen"],
  ["list", "/tickets", "Tickets"],
  ["ticket", "/tickets/1", "Verlauf"],
  ["triage", "/triage", "Sichtung"],
  ["dashboard", "/stats", "Übersicht"],
  ["accuracy", "/accuracy", "Trefferquote"],
  ["settings", "/settings", "Einstellungen"],
  ["login", "/login", "Anmelden"],
  ["missing", "/nothing", "Diese Seite gibt es nicht"],
];
const headings = {
  es: ["Enviar un ticket", "Tickets", "Historial", "Triaje", "Panel", "Aciertos", "Ajustes", "Iniciar sesión", "Esta página no existe"],
  en: ["Submit a ticket", "Tickets", "History", "Triage", "Dashboard", "Accuracy", "Settings", "Sign in", "There is no such page"],
};
/** Words that only the English pages have. */
const english = /\b(the|and|your|you|with|is|are|to|of|not|all|show|by)\b/i;

let browser;
let server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const [title, category, priority, status] of texts) {
    const description = "Die Karte wurde zweimal belastet; bitte um Erstattung.";
    await elsewhere(server.url, "POST", "/api/tickets/", { title, description, category, priority, status });
  }
  // a machine chooses for this one: it waits in triage
  await elsewhere(server.url, "POST", "/api/tickets/", { title: "Passwort vergessen", description: "Ich kann mich nicht anmelden." });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function close(page) {
  assert.deepEqual(page.complaints, [], "the browser's console is quiet");
  await page.context().close();
}
const heading = (page, name) => page.getByRole("heading", { name, exact: true }).first();
/** All that is drawn and all that is only said, but what is written in no language. */
const said = (page) =>
  page.evaluate(() => {
    for (const part of document.querySelectorAll("code, [lang]:not(html), td, dd")) part.remove();
    const attributes = ["aria-label", "title", "placeholder", "alt"];
    const more = attributes.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...more].join("\n");
  });

test("a browser that asks for German gets the form in German from the first drawing on", async () => {
  const page = await newPage(browser, server.url, { locale: "de-AT" });
  await page.addInitScript(() => {
    window.seen = new Set();
    window.shift = 0;
    const look = () => {
      for (const part of document.querySelectorAll("h1, nav a, label")) window.seen.add(part.textContent);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  // the text is asked for before the script that needs it has come
  const asksForText = page.waitForRequest(/\/assets\/first-/);
  await page.route("**/assets/base-*.js", async (route) => {
    await asksForText;
    await route.continue();
  });
  await page.goto("/");
  await heading(page, "Ticket einreichen").waitFor();
  assert.equal(await page.title(), "Ticket einreichen – frontdesk");
  assert.deepEqual(
    await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]),
    ["de", "ltr"],
  );
  const { seen, shift } = await page.evaluate(() => ({ seen: [...window.seen], shift: window.shift }));
  assert.deepEqual(seen.filter((text) => english.test(text)), []);
  assert.ok(seen.includes("Titel"));
  assert.ok(shift < 0.01, `it jumps by ${shift}`);
  // one file more than the English form
  const own = asked.filter((path) => path.startsWith("/assets/") && path.endsWith(".js"));
  assert.equal(own.filter((path) => /\/(first|work)-/.test(path)).length, 1, own.join("\n"));
  await close(page);
});

test("what is filed in German reaches the server in its own words", async () => {
  const page = await newPage(browser, server.url, { locale: "de-DE" });
  await page.goto("/");
  await page.getByRole("button", { name: "Ticket absenden" }).click();
  await page.getByRole("link", { name: "Geben Sie einen Titel ein" }).waitFor();
  assert.equal(await page.title(), "Fehler: Ticket einreichen – frontdesk");
  await page.getByLabel("Titel", { exact: true }).fill("Zweimal abgebucht");
  await page.getByLabel("Beschreibung", { exact: true }).fill("Bitte um Erstattung.");
  await page.getByLabel("Kategorie", { exact: true }).selectOption({ label: "Abrechnung" });
  await page.getByLabel("Priorität", { exact: true }).selectOption({ label: "Hoch" });
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/tickets/"));
  await page.getByRole("button", { name: "Ticket absenden" }).click();
  await page.getByRole("heading", { name: /^Ticket \d+ ist eingereicht$/ }).waitFor();
  const { category, priority } = (await sent).postDataJSON();
  assert.deepEqual({ category, priority }, { category: "billing", priority: "high" });
  await looksRight(page, "german-filed");
  const link = await page.getByLabel(/^Bewahren Sie diesen Link auf/).inputValue();
  await page.goto(link);
  await page.getByText("Wir haben Ihre Anfrage erhalten. Bald wird sich jemand darum kümmern.").waitFor();
  await looksRight(page, "german-follow");
  await close(page);
});

test("another language is chosen on the form, and nothing that was typed is lost", async () => {
  const page = await newPage(browser, server.url);
  await page.goto("/");
  await page.evaluate(() => {
    window.isSamePage = true;
  });
  await page.getByLabel("Title", { exact: true }).fill("El ratón no funciona");
  await page.getByLabel("Priority", { exact: true }).selectOption("low");
  await page.getByLabel("Language").selectOption("es");
  await heading(page, "Enviar un ticket").waitFor();
  assert.equal(await page.title(), "Enviar un ticket – frontdesk");
  assert.equal(await page.getByLabel("Título", { exact: true }).inputValue(), "El ratón no funciona");
  assert.equal(await page.getByLabel("Prioridad", { exact: true }).inputValue(), "low");
  assert.equal(await page.evaluate(() => window.isSamePage && document.documentElement.lang), "es");
  // kept for the next time, and given back to the browser
  await page.reload();
  await heading(page, "Enviar un ticket").waitFor();
  assert.equal(await page.getByLabel("Título", { exact: true }).inputValue(), "El ratón no funciona");
  await page.getByLabel("Idioma").selectOption("system");
  await heading(page, "Submit a ticket").waitFor();
  await page.reload();
  await heading(page, "Submit a ticket").waitFor();
  await close(page);
});

test("a language that cannot be loaded leaves the page as it is, and is said", async () => {
  const page = await newPage(browser, server.url);
  await page.goto("/");
  await page.route("**/assets/first-*.js", (route) => route.abort());
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("alert").getByText("This language could not be loaded.").waitFor({ state: "attached" });
  assert.equal(await page.getByLabel("Language").inputValue(), "system");
  await heading(page, "Submit a ticket").waitFor();
  await page.reload();
  await heading(page, "Submit a ticket").waitFor();
  await page.context().close();
});

test("a text that does not come leaves the page in English", async () => {
  const page = await newPage(browser, server.url, { locale: "de-DE" });
  await page.route("**/assets/first-*.js", (route) => route.abort());
  await page.goto("/");
  await heading(page, "Submit a ticket").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.context().close();
});

test("the settings change the language of all pages without loading them anew", async () => {
  const page = await newPage(browser, server.url);
  await page.goto("/settings");
  await page.evaluate(() => {
    window.isSamePage = true;
  });
  await page.getByLabel("Language").selectOption("de");
  await heading(page, "Einstellungen").waitFor();
  await page.getByRole("link", { name: "Tickets", exact: true }).click();
  const row = page.getByRole("row", { name: "Export schlägt fehl" });
  await row.getByText("Hoch").waitFor();
  assert.equal(await row.getByLabel("Status von Ticket 2").locator("option:checked").textContent(), "In Arbeit");
  await row.getByRole("link").click();
  await page.getByRole("button", { name: /^Filter/ }).or(heading(page, "Verlauf")).first().waitFor();
  await page.keyboard.press("?");
  await heading(page, "Tastenkürzel").waitFor();
  await looksRight(page, "german-help");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Befehl, Ticketnummer oder Suchwörter").fill("übersicht");
  await page.getByRole("option", { name: "Zur Übersicht" }).click();
  await heading(page, "Übersicht").waitFor();
  assert.equal(await page.evaluate(() => window.isSamePage), true);
  await close(page);
});

for (const [locale, of] of [["de-DE", german.map((one) => one[2])], ["es-ES", headings.es]]) {
  test(`every page speaks ${locale}, for the eye and the ear, and fits a small window`, async () => {
    const page = await newPage(browser, server.url, { locale });
    for (const [n, [name, path]] of german.entries()) {
      await page.goto(path);
      await heading(page, of[n]).waitFor();
      if (name === "triage") await page.getByText("Klassifikators").or(page.getByText("El clasificador")).first().waitFor();
      await looksRight(page, `${locale.slice(0, 2)}-${name}`);
      const left = (await said(page)).split("\n").filter((line) => english.test(line));
      assert.deepEqual(left, [], `${name} in ${locale}`);
    }
    await close(page);
  });
}

test("every page can be read from right to left, and fits a small window", async () => {
  const page = await newPage(browser, server.url);
  for (const [n, [name, path]] of german.entries()) {
    await page.goto(path);
    await heading(page, headings.en[n]).waitFor();
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
    });
    await looksRight(page, `rtl-${name}`);
    // what begins a line stands at the right, and nothing has stayed behind at the other side
    const { brand, main } = await page.evaluate(() => ({
      brand: document.querySelector("header a").getBoundingClientRect().right,
      main: document.querySelector("main").scrollWidth - document.querySelector("main").clientWidth,
    }));
    assert.ok(brand > 1200, `the name stands at ${brand}`);
    assert.ok(main <= 0, `${name} reaches ${main} pixels too far`);
  }
  await page.setViewportSize(phone);
  await page.goto("/tickets");
  await page.getByRole("row").first().waitFor();
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
  await page.getByRole("button", { name: "Several…" }).click();
  const box = await page.locator("[popover]:popover-open").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= phone.width, `the box stands at ${box.x}`);
  await close(page);
});
