// The release binary with a database of its own, and a browser in front of it.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const root = new URL("..", import.meta.url).pathname;
const binary = process.env.FRONTDESK_BIN ?? join(root, "target/release/frontdesk");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Starts a server on a free port; resolves once it serves. */
export async function startServer(environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-e2e-"));
  const child = spawn(binary, ["serve"], {
    env: {
      PATH: process.env.PATH,
      FRONTDESK_LISTEN: "127.0.0.1:0",
      DATABASE_URL: `sqlite://${join(folder, "frontdesk.db")}`,
      ...environment,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines = createInterface({ input: child.stderr });
  const seen = [];
  const url = await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      seen.push(line);
      const found = line.match(/^frontdesk is at (http:\S+)/);
      if (found) resolve(found[1]);
    });
    child.on("exit", () => reject(new Error(`the server ended:\n${seen.join("\n")}`)));
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  return {
    url,
    /** The path of the link that makes the first admin, where the server printed one. */
    setup: seen.map((line) => line.match(/^set up the first admin at http:\/\/[^/]+(\S+)/)?.[1]).find(Boolean),
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: browserPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
