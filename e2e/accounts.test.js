// A server with accounts: the first admin, an invitation, signing in, what strangers see, administration.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./frontdesk.js";
import { looksRight, newPage } from "./pages.js";

const PASSWORD = "correct horse battery";
let browser;
let server;
let admin;
let stranger;

before(async () => {
  browser = await startBrowser();
  server = await startServer({ FRONTDESK_ACCESS: "accounts", FRONTDESK_RATE_LIMITS: "off" });
  admin = await newPage(browser, server.url);
  stranger = await newPage(browser, server.url);
});
after(async () => {
  await browser?.close();
  assert.equal(await server?.stop(), 0, "it ends cleanly");
  for (const page of [admin, stranger]) assert.deepEqual(page?.complaints, [], "the consoles are quiet");
});

async function signIn(page, email, next = "/tickets") {
  await page.goto(next);
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("the first admin is made by the link that the server prints", async () => {
  assert.ok(server.setup, "it prints one");
  await admin.goto(server.setup);
  await admin.getByRole("heading", { name: "Set up the first account" }).waitFor();
  await looksRight(admin, "welcome-setup");
  await admin.getByLabel("Email address").fill("root@example.com");
  await admin.getByLabel("Your name").fill("Root");
  await admin.getByLabel("New password", { exact: true }).fill("short");
  await admin.locator("button[type=submit]").click();
  await admin.getByText("at least 10 characters").first().waitFor();
  await admin.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await admin.locator("button[type=submit]").click();
  await admin.getByRole("heading", { name: "Tickets" }).waitFor();
  await stranger.goto(server.setup);
  await stranger.getByRole("heading", { name: "This link is over" }).waitFor();
});

test("a stranger files, follows, and sees nothing else", async () => {
  await stranger.goto("/");
  assert.equal(await stranger.getByRole("link", { name: "Dashboard" }).count(), 0);
  await stranger.getByLabel("Title").fill("Charged twice");
  await stranger.getByLabel("Description").fill("My card was charged twice, please refund one of them.");
  await stranger.waitForFunction(() => document.querySelector("#category").value === "billing");
  await stranger.locator("input[name=website]").fill("https://spam.example", { force: true });
  await stranger.getByRole("button", { name: "Submit ticket" }).click();
  await stranger.getByText("must be empty").first().waitFor();
  await stranger.locator("input[name=website]").fill("", { force: true });
  await stranger.getByRole("button", { name: "Submit ticket" }).click();
  await stranger.getByRole("heading", { name: /is filed/ }).waitFor();
  await looksRight(stranger, "filed-by-a-stranger");
  const link = await stranger.locator("input[readonly]").first().inputValue();
  await stranger.goto(new URL(link, server.url).pathname);
  await stranger.getByRole("heading", { name: "Charged twice" }).waitFor();
  await looksRight(stranger, "follow");
  await stranger.goto("/follow/1-00000000000000000000000000000000");
  await stranger.getByRole("heading", { name: "This link leads to no request" }).waitFor();
  await stranger.goto("/tickets");
  await stranger.getByRole("button", { name: "Sign in" }).waitFor();
  await looksRight(stranger, "sign-in");
});

test("an admin invites somebody, who sets a password and works", async () => {
  await admin.goto("/admin/users");
  await admin.getByRole("heading", { name: "People" }).waitFor();
  await admin.getByRole("button", { name: /Invite/ }).first().click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Email address").fill("ada@example.com");
  await dialog.getByLabel("Name").fill("Ada Novak");
  await dialog.locator("button[type=submit]").click();
  const link = await dialog.locator("input[readonly]").inputValue();
  await looksRight(admin, "invited");
  await stranger.goto(new URL(link, server.url).pathname);
  await stranger.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await stranger.locator("button[type=submit]").click();
  await stranger.getByRole("heading", { name: "Tickets" }).waitFor();
  await stranger.getByRole("link", { name: /Charged twice/ }).click();
  const panel = stranger.getByRole("complementary", { name: "Ticket 1" });
  await panel.getByLabel("Status", { exact: true }).selectOption("in_progress");
  await panel.getByText("Saved").waitFor();
  await panel.getByText("Ada Novak").first().waitFor();
  // what an agent may not do is there, and says why not
  const remove = panel.getByRole("button", { name: "Delete ticket 1" });
  assert.equal(await remove.getAttribute("aria-disabled"), "true");
  await panel.getByText("Only admins delete tickets.").waitFor();
  await looksRight(stranger, "ticket-with-history");
  await stranger.goto("/admin/users");
  await stranger.getByText(/admin/i).first().waitFor();
  await looksRight(stranger, "not-an-admin");
});

test("who was signed out signs in again and loses nothing", async () => {
  await stranger.goto("/tickets/1");
  const panel = stranger.getByRole("complementary", { name: "Ticket 1" });
  await panel.getByLabel("Status", { exact: true }).waitFor();
  await stranger.context().clearCookies();
  await panel.getByLabel("Status", { exact: true }).selectOption("resolved");
  const dialog = stranger.getByRole("dialog");
  await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await looksRight(stranger, "sign-in-again");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await panel.getByText("Saved").waitFor();
  assert.equal(await panel.getByLabel("Status", { exact: true }).inputValue(), "resolved");
});

test("a token is shown once, and settings are whole", async () => {
  await stranger.goto("/settings");
  await stranger.getByRole("heading", { name: "Settings", exact: true }).waitFor();
  const tokens = stranger.getByRole("region", { name: /tokens/i });
  await tokens.getByLabel("Name").fill("export");
  await tokens.locator("button[type=submit]").click();
  const token = await tokens.locator("input[readonly]").inputValue();
  const headers = { authorization: `Bearer ${token}` };
  assert.equal((await fetch(`${server.url}/api/tickets/`, { headers })).status, 200);
  await looksRight(stranger, "settings");
});

test("several tickets are changed at once", async () => {
  for (const title of ["One", "Two"]) {
    const body = JSON.stringify({ title, description: "d", category: "general", priority: "low" });
    const headers = { "content-type": "application/json" };
    await fetch(`${server.url}/api/tickets/`, { method: "POST", headers, body });
  }
  await admin.goto("/tickets");
  const boxes = admin.getByRole("region", { name: "List" }).getByRole("checkbox");
  await boxes.nth(1).check();
  await boxes.nth(0).check();
  await looksRight(admin, "bulk");
  const bar = admin.getByRole("form", { name: "Selected tickets" });
  await bar.getByLabel("Status").selectOption("closed");
  await bar.locator("button[type=submit]").click();
  await admin.waitForFunction(async () => {
    const page = await (await fetch("/api/tickets/?status=closed")).json();
    return page.count === 2;
  });
});

test("what happened is on record, and the settings in force are shown", async () => {
  await admin.goto("/admin/audit");
  await admin.getByText("account.created").first().waitFor();
  await looksRight(admin, "audit");
  await admin.goto("/admin/system");
  await admin.getByText("FRONTDESK_LISTEN").waitFor();
  await looksRight(admin, "system");
  await admin.goto("/admin/users");
  await admin.getByRole("button", { name: "Change Ada Novak" }).waitFor();
  await looksRight(admin, "people");
});

test("signing in with a wrong password says no more than that", async () => {
  const other = await newPage(browser, server.url);
  await other.goto("/login");
  await other.getByLabel("Email address").fill("ada@example.com");
  await other.getByLabel("Password", { exact: true }).fill("not the password");
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("alert").first().waitFor();
  await looksRight(other, "sign-in-refused");
  await signIn(other, "ada@example.com");
  await other.getByRole("heading", { name: "Tickets" }).waitFor();
});
