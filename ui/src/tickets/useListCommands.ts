import type { RefObject } from "react";
import { useCommands } from "../commands/useCommands";
import { rowId } from "./TicketRow";

/** Moves through the rows by keys. The focus is the cursor: a screen reader reads the row by itself. */
export function useListCommands(
  list: RefObject<HTMLElement | null>,
  openId: string | undefined,
  showNew: (() => void) | undefined,
  selection: { ids: ReadonlySet<number>; toggle: (id: number, isRange: boolean) => void },
) {
  const links = () => [...(list.current?.querySelectorAll<HTMLElement>("a[data-row]") ?? [])];
  const at = () => {
    const here = document.activeElement?.closest("li");
    const current = links().findIndex((link) => here?.contains(link));
    // from the ticket that is open one goes on to its neighbours
    return current >= 0 ? current : links().findIndex((link) => link.id === rowId(openId ?? ""));
  };
  const to = (place: number) => {
    const all = links();
    all[Math.min(Math.max(place, 0), all.length - 1)]?.focus();
  };
  const select = (isRange: boolean) => {
    const id = Number(links()[at()]?.dataset.row);
    if (id) selection.toggle(id, isRange);
  };
  const field = (name: string) => {
    if (selection.ids.size > 0) return document.getElementById(`bulk-${name}`)?.focus();
    const inRow = document.activeElement?.closest("li");
    const found =
      inRow && list.current?.contains(inRow)
        ? name === "Status" && inRow.querySelector("select")
        : document.getElementById(`ticket-${name}`);
    if (found) found.focus();
  };
  const next = () => to(at() + 1);
  const previous = () => to(at() - 1);
  useCommands({
    next,
    previous,
    down: next,
    up: previous,
    first: () => to(0),
    last: () => to(links().length - 1),
    open: () => links()[at()]?.click(),
    select: () => select(false),
    selectTo: () => select(true),
    showNew,
    status: () => field("Status"),
    category: () => field("Category"),
    priority: () => field("Priority"),
  });
}
