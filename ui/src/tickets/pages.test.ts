import { expect, test } from "vitest";
import type { Ticket, TicketPage } from "../api/types";
import {
  begun,
  looked,
  MOST_PAGES,
  queryFor,
  rowsOf,
  waitingIn,
  withNext,
  withPrevious,
  withTickets,
} from "./pages";

const ticket = (id: number, version = 1) =>
  ({ id, version, created_at: new Date(id * 1000).toISOString() }) as Ticket;
const page = (from: number, to: number, more: Partial<TicketPage> = {}): TicketPage => ({
  count: 100,
  next: "/api/tickets/?limit=50&cursor=o",
  previous: "/api/tickets/?limit=50&cursor=n",
  results: Array.from({ length: from - to + 1 }, (_, n) => ticket(from - n)),
  ...more,
});
const head = page(100, 91, { previous: null });
const ids = (pages: ReturnType<typeof begun>) => rowsOf(pages).map(({ id }) => id);

test("pages are kept up to a number, and the rows before them are counted", () => {
  let pages = begun("a", head);
  for (let n = 1; n <= MOST_PAGES; n++)
    pages = withNext(pages, "b", page(100 - 10 * n, 91 - 10 * n));
  expect(pages.start).toBe(10);
  expect(rowsOf(pages)[0]?.id).toBe(90);
  pages = withPrevious(pages, "c", head);
  expect(pages.start).toBe(0);
  expect(ids(pages)[0]).toBe(100);
  expect(rowsOf(pages).length).toBe(10 * MOST_PAGES);
});

test("the neighbours are asked for in larger parts, and not beyond the ends", () => {
  const pages = begun("a", head);
  expect(queryFor(pages, "next", 200)).toBe("limit=200&cursor=o");
  expect(queryFor(pages, "previous", 200)).toBeNull();
});

test("rows stay where they are, with new content, and newer ones wait", () => {
  const pages = begun("a", head);
  const fresh = page(102, 93, { previous: null });
  fresh.results = fresh.results.filter(({ id }) => id !== 95).map((t) => ({ ...t, version: 2 }));
  const after = looked(pages, fresh);
  expect(ids(after)).toEqual(ids(pages));
  expect(rowsOf(after)[0]?.version).toBe(2);
  // what lies beyond the part that was looked at may be there or not
  expect([...after.gone]).toEqual([95]);
  expect(waitingIn(after, fresh)).toBe(2);
});

test("older ones that move up from the next page are not new", () => {
  const pages = begun("a", page(9, 8, { previous: null }));
  expect(waitingIn(pages, page(9, 7, { previous: null }))).toBe(0);
});

test("what is told twice changes nothing", () => {
  const pages = begun("a", head);
  expect(withTickets(pages, [ticket(95)])).toBe(pages);
  expect(withTickets(pages, [ticket(95, 2)])).not.toBe(pages);
});

test("in an empty list everything is new", () => {
  const pages = begun("a", page(1, 2, { next: null, previous: null }));
  expect(waitingIn(pages, page(1, 1, { next: null, previous: null }))).toBe(1);
});
