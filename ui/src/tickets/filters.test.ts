import { expect, test } from "vitest";
import type { Ticket } from "../api/types";
import { conditions, fits, valuesOf, without, withValues } from "./filters";

test("a filter takes several values, in one parameter or in several", () => {
  expect(valuesOf("status=open,resolved", "status")).toEqual(["open", "resolved"]);
  expect(valuesOf("status=open&status=resolved&status=open", "status")).toEqual([
    "open",
    "resolved",
  ]);
  expect(valuesOf("status=", "status")).toEqual([]);
});

test("another value is another first page, and keeps the other filters", () => {
  const query = withValues("search=a%26b&cursor=xyz&priority=low", "status", ["open", "closed"]);
  expect(query).toBe("search=a%26b&priority=low&status=open,closed");
  expect(withValues(query, "status", [])).toBe("search=a%26b&priority=low");
});

test("each condition has words, also one that nobody knows, and can be dropped alone", () => {
  const search = "status=open,strange&search=printer&limit=2";
  const found = conditions(search);
  expect(found.map(({ text }) => text)).toEqual([
    "Status: Open",
    "Status: strange",
    "Search: printer",
  ]);
  expect(found.map((condition) => without(search, condition))).toEqual([
    "status=strange&search=printer&limit=2",
    "status=open&search=printer&limit=2",
    "status=open,strange&limit=2",
  ]);
});

test("a changed ticket fits the filters or does not", () => {
  const ticket = { category: "billing", priority: "low", status: "resolved" } as Ticket;
  expect(fits(ticket, "status=open,resolved&category=billing")).toBe(true);
  expect(fits(ticket, "status=open")).toBe(false);
  expect(fits(ticket, "")).toBe(true);
  const machine = { ...ticket, category_source: "agent", priority_source: "local" } as Ticket;
  expect(fits(machine, "decided=false")).toBe(true);
  expect(fits({ ...machine, priority_source: "requester" }, "decided=false")).toBe(false);
});
