/** The views that are known, by what stands for them in the list's URL: `/tickets?view=7`. */
import type { components } from "../api/schema.gen";

type Schemas = components["schemas"];

export type View = Schemas["View"];
export type CountedView = Schemas["CountedView"];
export type ViewList = Schemas["ViewList"];

/** What a URL calls a view, the name that somebody gave it, and the list's conditions that it stands for. */
export type Named = { key: string; name: string | null; query: string };

let known: Named[] = [];

/** The view that everybody has: what a machine chose and no agent has confirmed. */
export const NEEDS_CHECK = "needs-check";

/** Takes in what the server has just said of them. */
export function learn({ needs_check, results }: ViewList) {
  known = [
    { key: NEEDS_CHECK, name: null, query: needs_check.query },
    ...results.map(({ id, name, query }) => ({ key: String(id), name, query })),
  ];
}

export const knownViews = () => known;

/** What a URL calls the view that it shows; null where it shows none. */
export const keyIn = (search: string) => new URLSearchParams(search).get("view");

const queryOf = (key: string | null) => known.find((view) => view.key === key)?.query;

/** A comma is nothing that a query must hide. */
const spelt = (query: URLSearchParams) => query.toString().replaceAll("%2C", ",");

/** What a condition says; of a list of words in whatever order. */
function said(query: URLSearchParams, name: string): string {
  const all = query.getAll(name).filter((value) => value !== "");
  if (name === "search") return all.at(-1) ?? "";
  return [...new Set(all.flatMap((part) => part.split(",")))].sort().join(",");
}

/**
 * The list's conditions that a URL stands for: the view's, each replaced where the URL has it too; an empty
 * one takes the view's away.
 */
export function whole(search: string): string {
  const own = new URLSearchParams(search);
  const key = own.get("view");
  if (key === null) return search;
  own.delete("view");
  const query = new URLSearchParams(queryOf(key));
  for (const name of new Set(own.keys())) {
    const [first, ...more] = own.getAll(name).filter((value) => value !== "");
    if (first === undefined) query.delete(name);
    // in the place of the view's own
    else query.set(name, first);
    for (const value of more) query.append(name, value);
  }
  return spelt(query);
}

/** The same conditions as a URL that stays in the view that `current` shows. */
export function within(current: string, search: string): string {
  const key = keyIn(current);
  const base = queryOf(key);
  if (key === null || base === undefined) return search;
  const [from, to] = [new URLSearchParams(base), new URLSearchParams(search)];
  const query = new URLSearchParams({ view: key });
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    if (said(from, name) === said(to, name)) continue;
    query.set(name, name === "search" ? said(to, name) : to.getAll(name).join(","));
  }
  return spelt(query);
}

/** Whether a URL has changed what its view shows. */
export const isChanged = (search: string) =>
  [...new URLSearchParams(within(search, whole(search))).keys()].some((name) => name !== "view");
