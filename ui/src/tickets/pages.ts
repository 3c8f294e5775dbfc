/** The part of a list that is in memory: neighbouring pages, of which a few are kept. */
import type { Ticket, TicketPage } from "../api/types";

/** Pages kept at once; those at the other end are asked for again when one comes back to them. */
export const MOST_PAGES = 6;

type Page = {
  /** What asks for it again. */
  query: string;
  results: Ticket[];
  next: string | null;
  previous: string | null;
};

export type Pages = {
  /** How many rows come before the first that is kept. */
  start: number;
  kept: Page[];
  /** The highest number at the list's start when it was last renewed: what is higher is new. */
  newest: number;
  /** Those that the server no longer has in this list. */
  gone: ReadonlySet<number>;
};

const pageOf = (query: string, { results, next, previous }: TicketPage): Page => ({
  query,
  results,
  next: next ?? null,
  previous: previous ?? null,
});

export function begun(query: string, head: TicketPage): Pages {
  const newest = Math.max(0, ...head.results.map(({ id }) => id));
  return { start: 0, kept: [pageOf(query, head)], newest, gone: new Set() };
}

export const rowsOf = (pages: Pages): Ticket[] => pages.kept.flatMap((page) => page.results);

/** What asks for the neighbouring page, `size` rows long; null where the list ends. */
export function queryFor(pages: Pages, side: "next" | "previous", size: number): string | null {
  const page = side === "next" ? pages.kept.at(-1) : pages.kept[0];
  const url = page?.[side];
  if (!url) return null;
  const query = new URLSearchParams(url.split("?")[1]);
  query.set("limit", String(size));
  return query.toString();
}

export function withNext(pages: Pages, query: string, page: TicketPage): Pages {
  const kept = [...pages.kept, pageOf(query, page)];
  const dropped = kept.splice(0, Math.max(0, kept.length - MOST_PAGES));
  const rows = dropped.reduce((sum, { results }) => sum + results.length, 0);
  return { ...pages, start: pages.start + rows, kept };
}

export function withPrevious(pages: Pages, query: string, page: TicketPage): Pages {
  const kept = [pageOf(query, page), ...pages.kept].slice(0, MOST_PAGES);
  // tickets may have come or gone above since; at the list's start the count is right again
  const start = page.previous ? Math.max(1, pages.start - page.results.length) : 0;
  // back at the start, what has come meanwhile is seen and no longer new
  const newest = page.previous ? pages.newest : Math.max(...page.results.map(({ id }) => id));
  return { ...pages, start, kept, newest: Math.max(pages.newest, newest) };
}

/** The same rows, each with its newest content. */
export function withTickets(pages: Pages, tickets: Ticket[]): Pages {
  const told = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  let isSame = true;
  const kept = pages.kept.map((page) => {
    const results = page.results.map((row) => {
      const found = told.get(row.id);
      return found && found.version > row.version ? found : row;
    });
    if (results.every((row, n) => row === page.results[n])) return page;
    isSame = false;
    return { ...page, results };
  });
  return isSame ? pages : { ...pages, kept };
}

/** After a look at some part of the list: nothing moves, what is missing from that part is gone. */
export function looked(pages: Pages, fresh: TicketPage): Pages {
  const there = new Set(fresh.results.map(({ id }) => id));
  const from = fresh.previous ? fresh.results[0] : undefined;
  const to = fresh.next ? fresh.results.at(-1) : undefined;
  const gone = new Set(pages.gone);
  for (const row of rowsOf(pages)) {
    const isAfter = !from || row.created_at <= from.created_at;
    const isBefore = !to || row.created_at > to.created_at;
    if (there.has(row.id)) gone.delete(row.id);
    else if (isAfter && isBefore) gone.add(row.id);
  }
  return { ...withTickets(pages, fresh.results), gone };
}

/** How many tickets have come since the list was renewed. */
export const waitingIn = (pages: Pages, head: TicketPage): number =>
  head.results.filter(({ id }) => id > pages.newest).length;
