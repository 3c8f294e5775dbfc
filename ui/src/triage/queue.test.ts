import { expect, test } from "vitest";
import type { Ticket } from "../api/types";
import { filterOf, queriesFor, waits } from "./queue";

test("the queue takes the list's filter, and the open tickets where it names no status", () => {
  expect(filterOf("")).toBe("status=open");
  expect(filterOf("category=billing&order=urgent&cursor=x")).toBe("category=billing&status=open");
  expect(filterOf("status=in_progress")).toBe("status=in_progress");
});

test("the most urgent first is one query for each priority that is wanted", () => {
  expect(queriesFor("order=urgent").map((query) => query.match(/priority=(\w+)/)?.[1])).toEqual([
    "critical",
    "high",
    "medium",
    "low",
  ]);
  expect(queriesFor("order=urgent&priority=low,high").length).toBe(2);
  expect(queriesFor("priority=low")).toEqual(["priority=low&status=open&limit=200"]);
});

test("a ticket waits until an agent has decided both", () => {
  const ticket = { category_source: "agent", priority_source: "local" } as Ticket;
  expect(waits(ticket)).toBe(true);
  expect(waits({ ...ticket, priority_source: "agent" })).toBe(false);
});
