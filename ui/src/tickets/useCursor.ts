import { useCallback, useLayoutEffect, useRef, useState } from "react";
import type { Ticket } from "../api/types";
import { rowId } from "./TicketRow";

/** The row that has the focus or had it last: the list is one stop of the tab key, and this is it. */
export function useCursor(rows: Ticket[], start: number, openId: string | undefined) {
  const [at, setAt] = useState<number | null>(null);
  const asked = useRef<number | null>(null);
  const [turns, setTurns] = useState(0);
  const indexOf = (id: number | null) => {
    const found = id === null ? -1 : rows.findIndex((row) => row.id === id);
    return found < 0 ? -1 : found + start;
  };
  const own = indexOf(at);
  const opened = openId === undefined ? -1 : indexOf(Number(openId));

  // biome-ignore lint/correctness/useExhaustiveDependencies: once the row is drawn
  useLayoutEffect(() => {
    if (asked.current === null) return;
    document.getElementById(rowId(asked.current))?.focus({ preventScroll: true });
    asked.current = null;
  }, [turns]);

  return {
    /** Its place; the first row where none was chosen. */
    index: own >= 0 ? own : opened >= 0 ? opened : rows.length > 0 ? start : -1,
    /** Where one goes on from: nowhere before a row was chosen or opened. */
    from: isInList() && own >= 0 ? own : opened >= 0 ? opened : own,
    /** The place of the ticket that is open; negative where it is not in the list. */
    opened,
    set: setAt,
    /** Moves the focus there; the row is in the document by then. */
    focus: useCallback((id: number) => {
      asked.current = id;
      setAt(id);
      setTurns((now) => now + 1);
    }, []),
  };
}

const isInList = () => document.activeElement?.closest("[data-row]") !== null;
