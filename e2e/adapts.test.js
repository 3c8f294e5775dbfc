// The pages for those who see, read and move differently: forced colours, more room between letters, no
// motion, a large zoom, paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { elsewhere, newPage, phone, picture } from "./pages.js";

const texts = [
  ["Charged twice for the same month, and nobody answers the telephone", undefined, "critical", "open"],
  ["Export fails", "technical", "high", "in_progress"],
  ["Rückfrage zur Rechnung", "general", "low", "resolved"],
  ["Cannot sign in", "account", "medium", "closed"],
];
const pages = [
  ["form", "/", (page) => page.getByLabel("Title")],
  ["list", "/tickets", (page) => page.getByRole("row").first()],
  ["ticket", "/tickets/1", (page) => page.getByText("The requester").first()],
  ["dashboard", "/stats", (page) => page.getByText("Average per day")],
  ["accuracy", "/accuracy", (page) => page.getByText("95 % within")],
  ["triage", "/triage", (page) => page.getByText("The classifier proposes")],
  ["settings", "/settings", (page) => page.getByRole("heading", { name: "Settings", exact: true })],
];
let browser;
let server;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const [title, category, priority, status] of texts) {
    const ticket = { title, description: "My card was charged twice, please refund one of them.", category, priority, status };
    await elsewhere(server.url, "POST", "/api/tickets/", ticket);
  }
  // one that the classifier sorted and an agent resolved: it is right or wrong
  const text = { title: "Charged", description: "My card was charged twice, please refund one of them." };
  const { id } = await elsewhere(server.url, "POST", "/api/tickets/", text);
  await elsewhere(server.url, "PATCH", `/api/tickets/${id}/`, { status: "resolved" });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Every page in a browser of one kind. */
async function each(name, options, look) {
  for (const [kind, path, there] of pages) {
    const page = await newPage(browser, server.url, options);
    await page.goto(path);
    await there(page).waitFor();
    await look(page, kind);
    await picture(page, `${name}-${kind}`);
    assert.deepEqual(page.complaints, [], "the browser's console is quiet");
    await page.context().close();
  }
}

const width = (page) => page.evaluate(() => document.documentElement.scrollWidth);

/** Text that is cut off where nothing says so: no ellipsis, and not for the ear only. */
const cutOff = (page) =>
  page.evaluate(() => {
    const isCut = (element) => {
      const { overflow, overflowY, textOverflow, clipPath, display } = getComputedStyle(element);
      if (display === "none" || clipPath !== "none" || textOverflow === "ellipsis") return false;
      const hides = overflow === "hidden" || overflowY === "hidden";
      return hides && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 1;
    };
    return [...document.body.querySelectorAll("*:not(svg, svg *)")]
      .filter((element) => element.textContent.trim() !== "" && isCut(element))
      .map((element) => element.outerHTML.slice(0, 120));
  });

test("with the room between letters, words and lines that some need, nothing is cut off", async () => {
  for (const viewport of [{ width: 1280, height: 800 }, phone]) {
    await each(`spacing-${viewport.width}`, { viewport }, async (page, kind) => {
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }",
        );
        document.adoptedStyleSheets = [sheet];
      });
      assert.deepEqual(await cutOff(page), [], kind);
      assert.ok((await width(page)) <= viewport.width, `${kind} scrolls sideways: ${await width(page)}`);
    });
  }
});

test("at 400 % on a window of 1280 by 1024 all can be reached without scrolling sideways", async () => {
  await each("zoom", { viewport: { width: 320, height: 256 } }, async (page, kind) => {
    assert.ok((await width(page)) <= 320, `${kind} scrolls sideways: ${await width(page)}`);
    assert.deepEqual(await cutOff(page), [], kind);
  });
});

test("in forced colours what is chosen, pressed or open has a border or an outline", async () => {
  await each("forced", { forcedColors: "active" }, async (page, kind) => {
    const unmarked = await page.evaluate(() =>
      [...document.querySelectorAll('[aria-current], [aria-pressed="true"], [aria-selected="true"]')]
        .filter((element) => {
          const row = element.closest("[role=row]") ?? element;
          const { outlineStyle, borderStyle } = getComputedStyle(row);
          return outlineStyle === "none" && !borderStyle.includes("solid");
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(unmarked, [], kind);
  });
});

test("who wants no motion gets none", async () => {
  await each("still", { reducedMotion: "reduce" }, async (page, kind) => {
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element);
        return animationName !== "none" || !/^0s(, 0s)*$/.test(transitionDuration);
      }).length,
    );
    assert.equal(moving, 0, kind);
  });
});

test("on paper there is the text without the controls", async () => {
  await each("paper", { viewport: { width: 794, height: 1123 } }, async (page, kind) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("banner").isVisible(), false, kind);
    const buttons = await page.getByRole("button").all();
    for (const button of buttons) assert.equal(await button.isVisible(), false, kind);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.match(ground, /rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\)/);
  });
});
