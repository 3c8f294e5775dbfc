import { expect, test } from "vitest";
import type { Ticket } from "../api/types";
import { filterOf, gathered, queriesFor } from "./queue";

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
  expect(queriesFor("priority=low")).toEqual(["priority=low&status=open&decided=false&limit=200"]);
});

test("each ticket comes once, as it was first read", () => {
  const part = (...ids: number[]) => ({
    tickets: ids.map((id) => ({ id }) as Ticket),
    count: null,
    rest: [],
  });
  expect(gathered([part(9, 7), part(7, 5)]).map(({ id }) => id)).toEqual([9, 7, 5]);
});
