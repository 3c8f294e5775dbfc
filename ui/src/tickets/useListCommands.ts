import { useLocation } from "wouter";
import type { Ticket } from "../api/types";
import { useCommands } from "../commands/useCommands";
import { ticketHref } from "./filters";
import type { useCursor } from "./useCursor";
import type { useSelection } from "./useSelection";
import type { useView } from "./useView";

/** Moves through the rows by keys. The focus is the cursor: a screen reader reads the row by itself. */
export function useListCommands(props: {
  rows: Ticket[];
  start: number;
  openId: string | undefined;
  search: string;
  showNew: (() => void) | undefined;
  cursor: ReturnType<typeof useCursor>;
  view: ReturnType<typeof useView>;
  selection: ReturnType<typeof useSelection>;
  toStart: () => void;
  resolve: (ticket: Ticket) => void;
}) {
  const { rows, start, cursor, view, selection } = props;
  const [, go] = useLocation();
  const at = (): Ticket | undefined => rows[cursor.from - start];

  /** Moves to a row; the last or first where there is none. Returns it. */
  function to(index: number): Ticket | undefined {
    const place = Math.min(Math.max(index, start), start + rows.length - 1);
    const row = rows[place - start];
    if (!row) return undefined;
    view.reveal(place);
    cursor.focus(row.id);
    return row;
  }
  // where no row was chosen yet, one begins with what is in sight
  const by = (step: number) => to(cursor.from < 0 ? view.firstSeen() : cursor.from + step);
  const open = () => {
    const ticket = at();
    if (ticket) go(ticketHref(ticket.id, props.search));
  };
  const select = (isRange: boolean) => {
    const ticket = at();
    if (ticket) selection.toggle(ticket.id, isRange);
  };
  const extend = (step: number) => {
    const from = at();
    if (!from) return;
    const row = by(step);
    if (row) selection.extend(from.id, row.id);
  };
  const field = (name: string) => {
    const bulk = document.getElementById(`bulk-${name}`);
    if (selection.ids.size > 0 && bulk) return bulk.focus();
    const row = document.activeElement?.closest<HTMLElement>("[data-row]");
    const found = row
      ? name === "Status" && row.querySelector<HTMLElement>("select")
      : document.getElementById(`ticket-${name}`);
    if (found) found.focus();
  };
  const next = () => void by(1);
  const previous = () => void by(-1);
  const copyLink = () => {
    const ticket = at();
    if (ticket) void navigator.clipboard?.writeText(location.origin + ticketHref(ticket.id, ""));
  };

  useCommands({
    next,
    previous,
    down: next,
    up: previous,
    pageDown: () => void by(view.pageSize()),
    pageUp: () => void by(-view.pageSize()),
    first: () => (start > 0 ? props.toStart() : void to(0)),
    last: () => void to(start + rows.length - 1),
    open,
    enter: open,
    openTab: () => {
      const ticket = at();
      if (ticket) window.open(ticketHref(ticket.id, props.search), "_blank", "noopener");
    },
    select: () => select(false),
    space: () => select(false),
    selectTo: () => select(true),
    selectDown: () => extend(1),
    selectUp: () => extend(-1),
    selectAll: () => selection.add(rows),
    showNew: props.showNew,
    status: () => field("Status"),
    category: () => field("Category"),
    priority: () => field("Priority"),
    resolve: () => {
      const ticket = at();
      if (!ticket) return;
      props.resolve(ticket);
      const row = by(1);
      if (props.openId !== undefined && row) go(ticketHref(row.id, props.search));
    },
    copyLink,
  });
}
