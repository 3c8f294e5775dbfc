import { expect, test, vi } from "vitest";
import { Problem } from "../api/client";
import type { BulkResult, Ticket, UpdateTicket } from "../api/types";
import { Changes, withChanges } from "./changes";

const first: Ticket = {
  id: 7,
  title: "t",
  description: "d",
  category: "billing",
  category_source: "local",
  priority: "low",
  priority_source: "local",
  status: "open",
  version: 1,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

/** A server that answers when it is told to. */
function fakeServer(now: Ticket = first) {
  const gates: (() => void)[] = [];
  const server = {
    now,
    seen: [] as [number, UpdateTicket][],
    update: vi.fn(async (_id: number, version: number, change: UpdateTicket) => {
      server.seen.push([version, change]);
      await new Promise<void>((open) => gates.push(open));
      if (version !== server.now.version) throw new Problem(412, "stale");
      server.now = { ...server.now, ...(change as Partial<Ticket>), version: version + 1 };
      return server.now;
    }),
    ticket: vi.fn(async (_id: number) => server.now),
    bulk: vi.fn(async (): Promise<BulkResult[]> => []),
    online: true,
    isOnline: () => server.online,
    /** Somebody else's change. */
    elsewhere(change: Partial<Ticket>) {
      server.now = { ...server.now, ...change, version: server.now.version + 1 };
    },
    async answer() {
      gates.shift()?.();
      for (let turn = 0; turn < 8; turn++) await Promise.resolve();
    },
  };
  const keep = vi.fn();
  const changes = new Changes(server, { keep, settled: () => {} });
  const shown = () => withChanges(first, changes.line(7));
  return { server, changes, keep, shown };
}

test("two quick changes go one after the other, the second with the newest version", async () => {
  const { server, changes, shown } = fakeServer();
  changes.change(first, { status: "in_progress" });
  changes.change(first, { priority: "high" });
  expect(server.seen).toEqual([[1, { status: "in_progress" }]]);
  expect(shown()).toMatchObject({ status: "in_progress", priority: "high" });
  await server.answer();
  expect(server.seen[1]).toEqual([2, { priority: "high" }]);
  expect(changes.line(7)?.saved).toBe(false);
  await server.answer();
  expect(changes.line(7)).toMatchObject({ saved: true, conflict: null, failure: null });
  expect(server.now).toMatchObject({ status: "in_progress", priority: "high", version: 3 });
});

test("what waits is sent as one change, the last word counting", async () => {
  const { server, changes } = fakeServer();
  changes.change(first, { status: "in_progress" });
  changes.change(first, { status: "resolved" });
  changes.change(first, { status: "closed", category: "account" });
  await server.answer();
  expect(server.seen[1]).toEqual([2, { status: "closed", category: "account" }]);
  await server.answer();
  expect(server.update).toHaveBeenCalledTimes(2);
  expect(changes.busy).toBe(false);
});

test("a change of the same field elsewhere is a conflict that keeps what the person chose", async () => {
  const { server, changes, shown } = fakeServer();
  server.elsewhere({ status: "resolved" });
  changes.change(first, { status: "closed" });
  await server.answer();
  expect(changes.line(7)?.conflict).toMatchObject({
    clash: ["status"],
    mine: { status: "closed" },
  });
  expect(shown().status).toBe("closed");
  expect(changes.busy).toBe(true);
});

test("mine is sent with their version when it is kept", async () => {
  const { server, changes } = fakeServer();
  server.elsewhere({ status: "resolved" });
  changes.change(first, { status: "closed" });
  await server.answer();
  changes.keepMine(7);
  await server.answer();
  expect(server.now).toMatchObject({ status: "closed", version: 3 });
  expect(changes.line(7)?.saved).toBe(true);
});

test("theirs is shown when it is taken", async () => {
  const { server, changes, shown } = fakeServer();
  server.elsewhere({ status: "resolved" });
  changes.change(first, { status: "closed" });
  await server.answer();
  changes.takeTheirs(7);
  expect(shown().status).toBe("resolved");
  expect(server.update).toHaveBeenCalledTimes(1);
});

test("choosing again in view of a conflict decides it", async () => {
  const { server, changes } = fakeServer();
  server.elsewhere({ status: "resolved" });
  changes.change(first, { status: "closed" });
  await server.answer();
  changes.change(first, { status: "in_progress" });
  await server.answer();
  expect(server.now).toMatchObject({ status: "in_progress", version: 3 });
});

test("a change of another field elsewhere is none of the person's business", async () => {
  const { server, changes } = fakeServer();
  server.elsewhere({ priority: "critical" });
  changes.change(first, { status: "closed" });
  await server.answer();
  await server.answer();
  expect(server.now).toMatchObject({ status: "closed", priority: "critical", version: 3 });
  expect(changes.line(7)).toMatchObject({ saved: true, conflict: null });
});

test("what could not be sent is taken back on the screen and can be tried again", async () => {
  const { server, changes, shown } = fakeServer();
  server.update.mockRejectedValueOnce(new Problem(0, "The server cannot be reached."));
  changes.change(first, { status: "closed" });
  await server.answer();
  expect(changes.line(7)?.failure?.mine).toEqual({ status: "closed" });
  expect(shown().status).toBe("open");
  changes.tryAgain(7);
  await server.answer();
  expect(server.now.status).toBe("closed");
});

test("an older answer of the list does not undo what was saved", async () => {
  const { server, changes, shown } = fakeServer();
  changes.change(first, { status: "closed" });
  await server.answer();
  expect(shown()).toMatchObject({ status: "closed", version: 2 });
});

test("without a network changes wait, the last word counting, and are sent when it is back", async () => {
  const { server, changes, shown } = fakeServer();
  server.online = false;
  changes.change(first, { status: "in_progress" });
  changes.change(first, { status: "closed", priority: "high" });
  expect(server.update).not.toHaveBeenCalled();
  expect(shown()).toMatchObject({ status: "closed", priority: "high" });
  expect([changes.count(), changes.busy]).toEqual([1, true]);
  server.online = true;
  void changes.resume();
  await server.answer();
  expect(server.seen).toEqual([[1, { status: "closed", priority: "high" }]]);
  expect(changes.count()).toBe(0);
});

test("a network that goes while a change is on its way makes it wait", async () => {
  const { server, changes } = fakeServer();
  server.update.mockImplementationOnce(async () => {
    server.online = false;
    throw new Problem(0, "The server cannot be reached.");
  });
  changes.change(first, { status: "closed" });
  await server.answer();
  expect(changes.line(7)).toMatchObject({ waiting: { status: "closed" }, failure: null });
  server.online = true;
  void changes.resume();
  await server.answer();
  expect(server.now.status).toBe("closed");
});
