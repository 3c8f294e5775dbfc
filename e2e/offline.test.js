// One change of many tickets where there is no network: it waits as a change of one does, and is sent later.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { becomes, elsewhere, looksRight, newPage, pressAll } from "./pages.js";

let browser;
let server;
let page;

before(async () => {
  browser = await startBrowser();
  server = await startServer();
  for (const title of ["One", "Two", "Three"]) {
    await elsewhere(server.url, "POST", "/api/tickets/", { title, description: "d", category: "general", priority: "low" });
  }
  page = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  assert.deepEqual(page?.complaints, [], "the browser's console is quiet");
});

test("many wait in the same pill, leave together, and only a true conflict needs the person", async () => {
  await page.goto("/tickets");
  await page.getByText("Three").waitFor();
  const asked = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Offline" }).waitFor();
  await pressAll(page, "j", "Control+a");
  const bar = page.getByRole("form", { name: "Selected tickets" });
  await bar.getByLabel("Status").selectOption("resolved");
  await bar.getByRole("button", { name: "Change 3 tickets" }).click();
  await page.getByText("3 tickets are changed as soon as there is a network.").waitFor();
  await page.getByRole("button", { name: "Offline, 3 waiting" }).waitFor();
  for (const id of [1, 2, 3]) assert.equal(await page.getByLabel(`Status of ticket ${id}`).inputValue(), "resolved");
  await looksRight(page, "offline-bulk");
  // a change of one of them joins what waits
  await page.getByLabel("Status of ticket 1").selectOption("closed");
  await page.getByRole("button", { name: "Offline, 3 waiting" }).waitFor();
  assert.deepEqual(asked, []);

  await elsewhere(server.url, "PATCH", "/api/tickets/2/", { status: "in_progress" });
  await page.context().setOffline(false);
  await becomes(page, 3, { status: "resolved" });
  await becomes(page, 1, { status: "closed" });
  await page.getByRole("button", { name: "1 not saved" }).waitFor();
  assert.equal(await page.getByText("as soon as there is a network").count(), 0);
  assert.deepEqual(asked.toSorted(), ["PATCH /api/tickets/1/", "POST /api/tickets/bulk/"]);
  await page.getByText(/^Somebody changed this to In progress \d+ s ago\.$/).waitFor();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await becomes(page, 2, { status: "resolved" });
});
