import { api } from "../api/client";
import type { Ticket } from "../api/types";

/** More than this one does not change at one go from a browser. */
export const MOST_SELECTED = 10_000;

/** Every ticket of a list, page by page; tells how many it has. */
export async function wholeList(
  search: string,
  signal: AbortSignal,
  tell: (count: number) => void,
): Promise<Ticket[]> {
  const found: Ticket[] = [];
  const first = new URLSearchParams(search);
  first.delete("cursor");
  first.set("limit", "200");
  let query: string | undefined = first.toString();
  while (query && found.length < MOST_SELECTED) {
    const page = await api.tickets(query, signal);
    found.push(...page.results);
    tell(found.length);
    query = page.next?.split("?")[1];
  }
  return found;
}
