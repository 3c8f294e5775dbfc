import { api } from "../api/client";
import type { Priority, Ticket } from "../api/types";
import { valuesOf, withValues } from "../tickets/filters";

export type Order = "newest" | "urgent";

/** Tickets that one goes through at a time; nobody triages more in one sitting. */
export const MOST_TRIAGED = 1_000;

const urgentFirst: Priority[] = ["critical", "high", "medium", "low"];

export const orderOf = (search: string): Order =>
  new URLSearchParams(search).get("order") === "urgent" ? "urgent" : "newest";

/** The list's filter without what is the queue's own; where none names a status, the open ones. */
export function filterOf(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ["order", "limit", "cursor"]) query.delete(name);
  const plain = withValues(query.toString(), "", []);
  return valuesOf(plain, "status").length > 0 ? plain : withValues(plain, "status", ["open"]);
}

/** The queries that give the queue in its order, one after the other. */
export function queriesFor(search: string): string[] {
  const filter = filterOf(search);
  const asked = orderOf(search) === "urgent" ? urgentFirst : [];
  const wanted = valuesOf(filter, "priority");
  const parts = asked.filter((one) => wanted.length === 0 || wanted.includes(one));
  const queries =
    parts.length > 0 ? parts.map((one) => withValues(filter, "priority", [one])) : [filter];
  return queries.map((query) => `${query}&limit=200`);
}

/** Whether a person has not decided it yet. */
export const waits = (ticket: Ticket) =>
  ticket.category_source !== "agent" || ticket.priority_source !== "agent";

/** The whole queue as it is now, so that "12 of 37" stays true. */
export async function queueOf(search: string, signal: AbortSignal): Promise<Ticket[]> {
  const found: Ticket[] = [];
  for (const first of queriesFor(search)) {
    let query: string | undefined = first;
    while (query && found.length < MOST_TRIAGED) {
      const page = await api.tickets(query, signal);
      found.push(...page.results.filter(waits));
      query = page.next?.split("?")[1];
    }
  }
  return found.slice(0, MOST_TRIAGED);
}
