import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../api/client";
import type { Ticket, TicketChange, TicketPage } from "../api/types";
import { Activity, type Undoing } from "./activity";
import { outcome } from "./bulk";
import { Changes } from "./changes";
import { Feed } from "./feed";
import { sendBulk } from "./sendBulk";

/** What a person has under way: it outlives the page that began it. */
export type Work = {
  feed: Feed;
  changes: Changes;
  activity: Activity;
  /** Takes what the server has said of tickets into all that shows them. */
  keep: (tickets: Ticket[]) => void;
};

const kept = new WeakMap<QueryClient, Work>();

export const useWork = () => workOf(useQueryClient());

/** Tells all who show these tickets what was just read of them. */
export function useTold(tickets: Ticket[] | undefined) {
  const { feed } = useWork();
  useEffect(() => {
    if (tickets) feed.tell(tickets);
  }, [feed, tickets]);
}

export function workOf(queries: QueryClient): Work {
  const known = kept.get(queries);
  if (known) return known;
  const feed = new Feed();
  const keep = (tickets: Ticket[]) => {
    feed.tell(tickets);
    void queries.invalidateQueries({ queryKey: ["stats"] });
  };
  const activity = new Activity((parts) => undo(parts, changes, keep));
  const server = { ...api, bulk: sendBulk, isOnline: () => navigator.onLine };
  const changes = new Changes(server, {
    keep: (ticket) => keep([ticket]),
    settled: (id, state) => activity.settle(id, state),
  });
  feed.subscribe((tickets) => intoCaches(queries, tickets));
  feed.subscribe(activity.learn);
  askBeforeClosing(changes);
  window.addEventListener("online", () => void changes.resume());
  const work = { feed, changes, activity, keep };
  kept.set(queries, work);
  return work;
}

function intoCaches(queries: QueryClient, tickets: Ticket[]) {
  const told = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const newer = (one: Ticket) => {
    const found = told.get(one.id);
    return found && found.version > one.version ? found : null;
  };
  for (const { id } of tickets) {
    // what is no news leaves the cache as it is
    queries.setQueryData<Ticket>(["ticket", id], (one) => (one && newer(one)) ?? undefined);
  }
  queries.setQueriesData<TicketPage>({ queryKey: ["tickets"] }, (page) =>
    page?.results.some(newer)
      ? { ...page, results: page.results.map((one) => newer(one) ?? one) }
      : undefined,
  );
}

/** One ticket goes the way of every change, with its conflicts; many go together. */
async function undo(
  parts: Parameters<Undoing>[0],
  changes: Changes,
  keep: (tickets: Ticket[]) => void,
): Promise<string[]> {
  const [only, ...others] = parts;
  if (only && others.length === 0) {
    changes.change(only.now, only.before);
    return [];
  }
  if (!navigator.onLine) {
    for (const { now, before } of parts) changes.change(now, before);
    return [];
  }
  const groups = new Map<string, { before: TicketChange; tickets: Ticket[] }>();
  for (const { now, before } of parts) {
    const group = groups.get(JSON.stringify(before)) ?? { before, tickets: [] };
    group.tickets.push(now);
    groups.set(JSON.stringify(before), group);
  }
  const reasons: string[] = [];
  for (const { before, tickets } of groups.values()) {
    const ids = tickets.map(({ id }) => id);
    const { changed, failed } = outcome(ids, await sendBulk(tickets, before));
    keep(changed);
    reasons.push(...[...failed].map(([id, reason]) => `#${id}: ${reason}`));
  }
  return reasons;
}

function askBeforeClosing(changes: Changes) {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  changes.subscribe(() => {
    if (changes.busy) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  });
}
