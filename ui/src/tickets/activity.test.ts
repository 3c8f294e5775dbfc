import { expect, test, vi } from "vitest";
import type { Ticket } from "../api/types";
import { Activity, type Undoing } from "./activity";

const ticket = (id: number, more: Partial<Ticket> = {}) =>
  ({ id, title: `T${id}`, status: "open", priority: "low", version: 1, ...more }) as Ticket;

function activity() {
  const send = vi.fn<Undoing>(async () => []);
  return { send, activity: new Activity(send) };
}

test("several levels are undone, the newest first, each with what was before", async () => {
  const { activity: done, send } = activity();
  done.record({ status: "in_progress" }, [ticket(1)], "done");
  done.learn([ticket(1, { status: "in_progress", version: 2 })]);
  done.record({ status: "closed" }, [ticket(1, { status: "in_progress", version: 2 })], "done");
  done.learn([ticket(1, { status: "closed", version: 3 })]);
  await done.undo();
  expect(send.mock.lastCall?.[0]).toMatchObject([
    { now: { version: 3 }, before: { status: "in_progress" } },
  ]);
  done.learn([ticket(1, { status: "in_progress", version: 4 })]);
  await done.undo();
  expect(send.mock.lastCall?.[0]).toMatchObject([
    { now: { version: 4 }, before: { status: "open" } },
  ]);
  expect(await done.undo()).toBe(false);
});

test("many at once are undone at once, each to its own", async () => {
  const { activity: done, send } = activity();
  const both = [ticket(1), ticket(2, { status: "in_progress" }), ticket(3, { status: "closed" })];
  done.record({ status: "closed" }, both, "done");
  done.learn([ticket(1, { status: "closed", version: 2 })]);
  done.learn([ticket(2, { status: "closed", version: 2 })]);
  await done.undo();
  const befores = send.mock.lastCall?.[0].map(({ before }) => before.status);
  // what was so before is no part of it
  expect(befores).toEqual(["open", "in_progress"]);
});

test("what is covered by a newer change, or was changed by somebody, is not undone", async () => {
  const { activity: done, send } = activity();
  done.record({ status: "closed" }, [ticket(1)], "done");
  const [first] = done.all();
  done.learn([ticket(1, { status: "closed", version: 2 })]);
  done.record({ priority: "high" }, [ticket(1, { status: "closed", version: 2 })], "done");
  if (!first) throw new Error();
  expect(done.obstacle(first)).toBe("there is a newer change of the same ticket");
  done.learn([ticket(1, { status: "closed", priority: "critical", version: 4 })]);
  await done.undo();
  expect(send).not.toHaveBeenCalled();
  expect(done.notice()?.problem).toBe("Not undone: somebody has changed it since.");
});

test("what was not saved is no step, and is one once it is", () => {
  const { activity: done } = activity();
  done.record({ status: "closed" }, [ticket(1)], "sending");
  done.settle(1, "failed");
  const state = () => done.all()[0]?.state;
  expect(state()).toBe("failed");
  done.settle(1, "done");
  expect(state()).toBe("done");
  done.record({ priority: "high" }, [ticket(1)], "sending");
  done.settle(1, null);
  expect(done.all().length).toBe(1);
});

test("a change that changes nothing is none", () => {
  const { activity: done } = activity();
  done.record({ status: "open" }, [ticket(1)], "done");
  expect(done.all()).toEqual([]);
});
