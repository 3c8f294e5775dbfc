import { api } from "../api/client";
import type { Priority, Ticket } from "../api/types";
import { valuesOf, withValues } from "../tickets/filters";

export type Order = "newest" | "urgent";

const urgentFirst: Priority[] = ["critical", "high", "medium", "low"];

export const orderOf = (search: string): Order =>
  new URLSearchParams(search).get("order") === "urgent" ? "urgent" : "newest";

/** The list's filter without what is the queue's own; where none names a status, the open ones. */
export function filterOf(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ["order", "limit", "cursor", "decided"]) query.delete(name);
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
  return queries.map((query) => `${query}&decided=false&limit=200`);
}

/** What was read of the queue at once, and the queries that give the rest of it. */
export type Part = { tickets: Ticket[]; count: number | null; rest: string[] };

export async function partOf([query = "", ...others]: string[], signal: AbortSignal) {
  const page = await api.tickets(query, signal);
  const next = page.next?.split("?")[1];
  const part: Part = {
    tickets: page.results,
    count: page.count,
    rest: next ? [next, ...others] : others,
  };
  return part;
}

/** All tickets that were read, each once: one that was changed and skipped may come again. */
export function gathered(parts: Part[]): Ticket[] {
  const byId = new Map<number, Ticket>();
  for (const ticket of parts.flatMap(({ tickets }) => tickets)) {
    if (!byId.has(ticket.id)) byId.set(ticket.id, ticket);
  }
  return [...byId.values()];
}
