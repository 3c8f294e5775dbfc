import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { api } from "../api/client";
import type { Ticket, TicketPage, UpdateTicket } from "../api/types";
import { Changes, withChanges } from "./changes";
import { feedOf } from "./useFeed";

/** Takes what the server has said of a ticket into the caches, and tells all who show it. */
export function keepTicket(queries: QueryClient, ticket: Ticket) {
  const newest = (one: Ticket) =>
    one.id === ticket.id && one.version < ticket.version ? ticket : one;
  queries.setQueryData<Ticket>(["ticket", ticket.id], (one) => (one ? newest(one) : ticket));
  queries.setQueriesData<TicketPage>(
    { queryKey: ["tickets"] },
    (page) => page && { ...page, results: page.results.map(newest) },
  );
  feedOf(queries).tell([ticket]);
  void queries.invalidateQueries({ queryKey: ["stats"] });
}

// they outlive the page that began them: one leaves the list and the change still arrives
const kept = new WeakMap<QueryClient, Changes>();

export function changesOf(queries: QueryClient): Changes {
  const known = kept.get(queries);
  if (known) return known;
  const made = new Changes(api, (ticket) => keepTicket(queries, ticket));
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  made.subscribe(() => {
    if (made.busy) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  });
  kept.set(queries, made);
  return made;
}

/** A ticket with the person's changes on it at once, and what becomes of them. */
export function useChanges<T extends Ticket | undefined>(seen: T) {
  const changes = changesOf(useQueryClient());
  const line = useSyncExternalStore(changes.subscribe, () => changes.line(seen?.id));
  return {
    ticket: (seen && withChanges(seen, line)) as T,
    line,
    change: (change: UpdateTicket) => {
      if (seen) changes.change(seen, change);
    },
    keepMine: () => seen && changes.keepMine(seen.id),
    takeTheirs: () => seen && changes.takeTheirs(seen.id),
    tryAgain: () => seen && changes.tryAgain(seen.id),
    drop: () => seen && changes.drop(seen.id),
  };
}

/** Every change that needs the person, on whatever ticket. */
export function useTroubled() {
  const changes = changesOf(useQueryClient());
  return { lines: useSyncExternalStore(changes.subscribe, changes.troubled), changes };
}
