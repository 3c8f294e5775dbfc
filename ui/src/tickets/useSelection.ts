import { useCallback, useRef, useState } from "react";
import type { Ticket } from "../api/types";
import { nothing, type Selection, toggled, upTo } from "./selection";

const none: ReadonlyMap<number, string> = new Map();

/**
 * Which tickets are chosen, and why some of them are still so after a change. What was chosen stays so
 * when its row has left the memory; another list begins with none.
 */
export function useSelection(key: string, rows: Ticket[]) {
  const [kept, setKept] = useState({ key, selection: nothing, failed: none });
  const { selection, failed } = kept.key === key ? kept : { selection: nothing, failed: none };
  const known = useRef(new Map<number, Ticket>());
  for (const row of rows) if (selection.ids.has(row.id)) known.current.set(row.id, row);
  // the rows are drawn anew only for what is their own
  const latest = useRef({ selection, failed, rows, key });
  latest.current = { selection, failed, rows, key };
  const set = useCallback((selection: Selection, failed = latest.current.failed) => {
    setKept({ key: latest.current.key, selection, failed });
  }, []);
  const toggle = useCallback(
    (id: number, isRange: boolean) => {
      const { selection, rows } = latest.current;
      const order = isRange ? rows.map((row) => row.id) : [];
      set(isRange ? upTo(selection, id, order) : toggled(selection, id));
    },
    [set],
  );
  return {
    ids: selection.ids,
    failed,
    tickets: [...selection.ids].flatMap((id) => known.current.get(id) ?? []),
    toggle,
    /** From one row to another, by keys. */
    extend: (from: number, to: number) => {
      const begun = selection.ids.has(from) ? selection : toggled(selection, from);
      const order = rows.map((row) => row.id);
      set(upTo(begun, to, order));
    },
    add: (tickets: Ticket[]) => {
      for (const ticket of tickets) known.current.set(ticket.id, ticket);
      set({ ...selection, ids: new Set([...selection.ids, ...tickets.map(({ id }) => id)]) });
    },
    clear: () => set(nothing, none),
    keep: (reasons: ReadonlyMap<number, string>) =>
      set({ ids: new Set(reasons.keys()), from: null }, reasons),
  };
}
