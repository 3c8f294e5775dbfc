// What is around the pages: themes, addresses that lead nowhere, a new version, weight, the keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, looksRight, newPage, picture } from "./pages.js";

let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const category of ["billing", "technical", "account"]) {
    const ticket = { title: `About ${category}`, description: "d", category, priority: "low" };
    await elsewhere(server.url, "POST", "/api/tickets/", ticket);
  }
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

const ground = (of) => of.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("a theme is kept, and there before the first paint", async () => {
  const other = await newPage(browser, server.url, { colorScheme: "light" });
  await other.goto("/stats");
  await other.getByLabel("Theme").selectOption("dark");
  const dark = await ground(other);
  assert.equal(dark, "rgb(14, 17, 21)");
  // without the app, so that only the first script can have done it
  await other.route("**/index-*.js", (route) => route.abort());
  await other.reload();
  assert.equal(await ground(other), dark);
  await other.unrouteAll();
  await other.reload();
  assert.equal(await other.getByLabel("Theme").inputValue(), "dark");
  await other.getByLabel("Theme").selectOption("system");
  assert.equal(await ground(other), "rgb(246, 247, 249)");
  await other.context().close();
});

test("an address that leads nowhere says so and leads on", async () => {
  await page.goto("/nowhere");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await looksRight(page, "nowhere");
  await page.getByRole("searchbox", { name: "Look for" }).fill("billing");
  await page.keyboard.press("Enter");
  await page.getByText("About billing").waitFor();
});

test("a page that a new version took away offers to reload, and the navigation stays", async () => {
  const other = await newPage(browser, server.url);
  await other.goto("/");
  await other.getByLabel("Title").waitFor();
  await other.route("**/TicketsPage-*.js", (route) => route.fulfill({ status: 404, body: "" }));
  await other.getByRole("link", { name: "Tickets", exact: true }).click();
  await other.getByRole("heading", { name: "This page could not be loaded" }).waitFor();
  await looksRight(other, "page-missing");
  await other.unrouteAll();
  await other.getByRole("button", { name: "Reload" }).click();
  await other.getByText("About billing").waitFor();
  await other.context().close();
});

let bare;
after(() => bare?.stop());

// requests and shift of the first visit, bytes of the second; a font that comes late moves a line by less
// than a pixel, which is the thousandth
for (const [path, most, shift, again, there, environment] of [
  ["/", 8, 0.01, 5_000, "Submit a ticket"],
  ["/", 8, 0.01, 5_000, "Submit a ticket", { FRONTDESK_CLASSIFIER: "off" }],
  ["/tickets", 14, 0.001, 10_000, "Tickets"],
  ["/triage", 14, 0.001, 10_000, "Triage"],
  ["/stats", 14, 0.001, 10_000, "Dashboard"],
]) {
  test(`${path} keeps to its requests, nothing jumps, and it comes back quickly ${environment ? "where nothing suggests" : ""}`, async () => {
    if (environment) bare = await startServer(environment);
    const other = await newPage(browser, environment ? bare.url : server.url);
    const asked = [];
    other.on("request", (request) => asked.push(new URL(request.url()).pathname));
    // a slow font is what makes a page jump, if anything does
    await other.route("**/*.woff2", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    // slow figures show what stands in for them
    await other.route(/api\/tickets\/(stats\/)?(\?.*)?$/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue();
    });
    await other.addInitScript(() => {
      window.shift = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          window.shift.push([entry.value, ...entry.sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 80))]);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await other.goto(path);
    await other.getByRole("heading", { name: there, level: 1 }).waitFor();
    await other.waitForLoadState("networkidle");
    await other.evaluate(() => document.fonts.ready);
    assert.ok(await other.evaluate(() => document.fonts.check("14px 'Geist Variable'")), "the font is there");
    const own = asked.filter((name) => name !== "/assets/icon.svg");
    assert.ok(own.length <= most, `${own.length} requests: ${own.join("\n")}`);
    const shifts = await other.evaluate(() => window.shift);
    const sum = shifts.reduce((total, [value]) => total + value, 0);
    assert.ok(sum <= shift, `shifted by ${sum}: ${JSON.stringify(shifts)}`);
    await other.unrouteAll();
    await other.reload();
    await other.getByRole("heading", { name: there, level: 1 }).waitFor();
    await other.waitForLoadState("networkidle");
    const bytes = await other.evaluate(() =>
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce(
        (total, { transferSize }) => total + transferSize,
        0,
      ),
    );
    assert.ok(bytes <= again, `${bytes} bytes on the second visit`);
    if (process.env.E2E_MEASURE) console.log({ path, requests: own.length, shift: sum, bytes });
    await other.context().close();
  });
}

test("in forced colours one sees what is chosen and what is open", async () => {
  const other = await newPage(browser, server.url, { forcedColors: "active" });
  await other.goto("/tickets/2?category=technical");
  await other.getByRole("complementary", { name: "Ticket 2" }).getByText("· filed").waitFor();
  await picture(other, "ticket-forced-colours");
  const outlined = (found) => found.evaluate((element) => getComputedStyle(element).outlineStyle);
  assert.equal(await outlined(other.locator("#row-2")), "solid");
  assert.equal(await outlined(other.getByRole("navigation").getByRole("link", { name: "Tickets" })), "solid");
  await other.goto("/stats");
  await other.getByText("Average per day").waitFor();
  await picture(other, "dashboard-forced-colours");
  await other.context().close();
});

test("on paper there are no controls", async () => {
  await page.goto("/tickets/1");
  await page.getByRole("complementary", { name: "Ticket 1" }).getByText("· filed").waitFor();
  await page.emulateMedia({ media: "print" });
  await picture(page, "ticket-on-paper");
  assert.equal(await page.getByRole("searchbox").isVisible(), false);
  assert.equal(await page.getByRole("banner").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
});

test("everything can be done by the keyboard alone, and one sees where one is", async () => {
  await page.goto("/");
  await page.getByLabel("Title").waitFor();
  const key = (name) => page.keyboard.press(name);
  /** Tabs until the focus stands on something of that name. */
  async function to(name) {
    for (let presses = 0; presses < 60; presses++) {
      await key("Tab");
      const [here, visible] = await page.evaluate(() => {
        const at = document.activeElement;
        const label = at.labels?.[0]?.textContent ?? at.ariaLabel ?? at.textContent;
        return [label, getComputedStyle(at).outlineStyle !== "none" || at === document.body];
      });
      assert.ok(visible, `the focus on "${here}" is not seen`);
      if (name.test(here)) return;
    }
    assert.fail(`${name} cannot be reached`);
  }
  await to(/^Title$/);
  await page.keyboard.type("By keyboard");
  await to(/^Description$/);
  await page.keyboard.type("Short.");
  await to(/^Category$/);
  await key("T");
  await to(/^Submit ticket$/);
  await key("Enter");
  await page.getByRole("heading", { name: "Ticket 4 is filed" }).waitFor();
  await to(/^All tickets$/);
  await key("Enter");
  await page.getByRole("link", { name: /By keyboard/ }).waitFor();
  await to(/^Category$/);
  await key("T");
  await page.waitForURL("**/tickets?category=technical");
  await to(/By keyboard/);
  await key("Enter");
  await page.getByRole("complementary", { name: "Ticket 4" }).waitFor();
  await to(/^Status$/);
  await key("R");
  await page.getByText("Saved", { exact: true }).waitFor();
  await key("Escape");
  await page.waitForFunction(() => document.activeElement.id === "row-4");
  assert.equal(await page.getByLabel("Status of ticket 4").inputValue(), "resolved");
  await page.goto("/tickets");
  await to(/^Dashboard$/);
  await key("Enter");
  await page.getByText("Average per day").waitFor();
});
