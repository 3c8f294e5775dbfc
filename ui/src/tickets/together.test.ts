import { expect, test, vi } from "vitest";
import { Problem } from "../api/client";
import type { BulkResult, Ticket, UpdateTicket } from "../api/types";
import { Changes } from "./changes";
import { queueBulk } from "./queueBulk";

const ticket = (id: number) => ({ id, version: 1, status: "open", priority: "low" }) as Ticket;

/** A server without a network, and what it was asked for once there is one. */
function offline(stale: number[] = []) {
  const asked: [ids: number[], change: UpdateTicket][] = [];
  const changed = (one: Ticket, change: UpdateTicket) =>
    ({ ...one, ...change, version: one.version + 1 }) as Ticket;
  const server = {
    online: false,
    isOnline: () => server.online,
    update: vi.fn(async (id: number, version: number, change: UpdateTicket) => {
      asked.push([[id], change]);
      return changed({ ...ticket(id), version }, change);
    }),
    ticket: async (id: number) => ({ ...ticket(id), priority: "high", version: 5 }) as Ticket,
    bulk: vi.fn(async (tickets: Ticket[], change: UpdateTicket): Promise<BulkResult[]> => {
      asked.push([tickets.map(({ id }) => id), change]);
      return tickets.map((one) =>
        stale.includes(one.id)
          ? { id: one.id, status: 412, detail: "stale" }
          : { id: one.id, status: 200, ticket: changed(one, change) },
      );
    }),
  };
  const settled = vi.fn();
  const changes = new Changes(server, { keep: () => {}, settled });
  const activity = { record: vi.fn() };
  const work = { changes, activity } as unknown as Parameters<typeof queueBulk>[0];
  const online = () => {
    server.online = true;
    return changes.resume();
  };
  return { server, changes, work, activity, asked, settled, online };
}

test("many wait as one does, and leave together in the order in which they were made", async () => {
  const { changes, work, activity, asked, online, settled } = offline();
  changes.change(ticket(9), { status: "closed" });
  queueBulk(work, [ticket(1), ticket(2), ticket(3)], { status: "resolved" });
  changes.change(ticket(4), { status: "resolved" });
  expect([changes.count(), changes.busy, asked.length]).toEqual([5, true, 0]);
  expect(activity.record).toHaveBeenCalledTimes(1);
  await online();
  expect(asked).toEqual([
    [[9], { status: "closed" }],
    [[1, 2, 3, 4], { status: "resolved" }],
  ]);
  expect([changes.count(), changes.busy]).toEqual([0, false]);
  expect(settled.mock.calls.filter(([, state]) => state === "done").length).toBe(5);
});

test("what is changed once more of one of them leaves by itself, as the last was made", async () => {
  const { changes, work, asked, online } = offline();
  queueBulk(work, [ticket(1), ticket(2), ticket(3)], { status: "resolved" });
  changes.change(ticket(2), { priority: "high" });
  changes.change(ticket(3), { status: "closed" });
  await online();
  expect(asked).toEqual([
    [[1], { status: "resolved" }],
    [[2], { status: "resolved", priority: "high" }],
    [[3], { status: "closed" }],
  ]);
});

test("one that somebody else changed meanwhile is settled by itself", async () => {
  const { changes, work, asked, online, server } = offline([2]);
  queueBulk(work, [ticket(1), ticket(2)], { status: "resolved" });
  await online();
  await vi.waitFor(() => expect(changes.busy).toBe(false));
  expect(asked.at(-1)).toEqual([[2], { status: "resolved" }]);
  expect(server.update).toHaveBeenCalledWith(2, 5, { status: "resolved" });
});

test("a true conflict of one of them is left to the person", async () => {
  const { changes, work, online } = offline([2]);
  queueBulk(work, [ticket(1), ticket(2)], { priority: "medium" });
  await online();
  await vi.waitFor(() => expect(changes.troubled().length).toBe(1));
  expect(changes.line(2)?.conflict?.clash).toEqual(["priority"]);
  expect(changes.line(1)?.saved).toBe(true);
});

test("a network that goes again makes all of them wait again, a refusal is told of each", async () => {
  const { changes, work, online, server } = offline();
  queueBulk(work, [ticket(1), ticket(2)], { status: "resolved" });
  server.bulk.mockImplementationOnce(async () => {
    server.online = false;
    throw new Problem(0, "The server cannot be reached.");
  });
  await online();
  expect([changes.count(), changes.troubled().length]).toEqual([2, 0]);
  server.bulk.mockRejectedValueOnce(new Problem(403, "Not yours."));
  await online();
  expect(changes.troubled().map(({ failure }) => failure?.error.message)).toEqual([
    "Not yours.",
    "Not yours.",
  ]);
});
