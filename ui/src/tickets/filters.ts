/** The list's filters as they stand in the URL: `status=open,resolved&search=printer`. */
import type { Ticket } from "../api/types";
import { t } from "../language/work";
import { within } from "../views/known";
import { isMachine } from "./words";

export const filterNames = ["category", "priority", "status"] as const;

export type FilterName = (typeof filterNames)[number];

type Filter = { name: FilterName; label: string; words: Record<string, string> };

/** The filters that take one or more words of a list. */
export const filters = (): Filter[] => [
  { name: "category", label: t.words.category, words: t.words.categories },
  { name: "priority", label: t.words.priority, words: t.words.priorities },
  { name: "status", label: t.words.status, words: t.words.statuses },
];

/** The values of one filter, which may stand in one parameter or in several. */
export function valuesOf(search: string, name: string): string[] {
  const all = new URLSearchParams(search).getAll(name).flatMap((part) => part.split(","));
  return [...new Set(all.filter((value) => value !== ""))];
}

/** The query with other values for one filter, at its first page. */
export function withValues(search: string, name: string, values: string[]): string {
  const query = new URLSearchParams(search);
  query.delete("cursor");
  if (values.length > 0) query.set(name, values.join(","));
  else query.delete(name);
  // a comma is nothing that a query must hide
  return query.toString().replaceAll("%2C", ",");
}

export type Condition = { name: string; value: string; text: string };

/** Everything that narrows the list, each with the words for it. */
export function conditions(search: string): Condition[] {
  const found: Condition[] = filters().flatMap(({ name, label, words }) =>
    valuesOf(search, name).map((value) => ({
      name,
      value,
      text: t.tickets.condition(label, words[value] ?? value),
    })),
  );
  const query = new URLSearchParams(search);
  const others = [
    ["decided", () => t.views.needsCheck],
    ["search", t.tickets.searchedFor],
    ["created_after", t.tickets.filedAfter],
    ["created_before", t.tickets.filedBefore],
  ] as const;
  for (const [name, text] of others) {
    const value = query.get(name);
    if (value) found.push({ name, value, text: text(value) });
  }
  return found;
}

export function without(search: string, { name, value }: Condition): string {
  const isList = filterNames.some((filter) => filter === name);
  const left = isList ? valuesOf(search, name).filter((other) => other !== value) : [];
  return withValues(search, name, left);
}

/** Whether a machine chose what no agent has confirmed. */
export const waits = (ticket: Ticket) =>
  isMachine(ticket.category_source) || isMachine(ticket.priority_source);

/** Whether a ticket still belongs to the list after a change of its fields. */
export function fits(ticket: Ticket, search: string): boolean {
  if (valuesOf(search, "decided").length > 0 && !waits(ticket)) return false;
  return filterNames.every((name) => {
    const wanted = valuesOf(search, name);
    return wanted.length === 0 || wanted.includes(ticket[name]);
  });
}

/** What stands behind a page's path: in a view, only what differs from it. */
const asked = (search: string) => {
  const query = within(window.location.search, search);
  return query ? `?${query}` : "";
};

export const listHref = (search: string) => `/tickets${asked(search)}`;

export const ticketHref = (id: number, search: string) => `/tickets/${id}${asked(search)}`;

/** The list itself, from its start. */
export function withoutCursor(search: string): string {
  if (!search.includes("cursor=")) return search;
  const query = new URLSearchParams(search);
  query.delete("cursor");
  return query.toString();
}
