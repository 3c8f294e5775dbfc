import { useSyncExternalStore } from "react";
import type { Ticket, TicketChange } from "../api/types";
import { withChanges } from "./changes";
import { useWork } from "./useWork";

/** A ticket with the person's changes on it at once, and what becomes of them. */
export function useChanges<T extends Ticket | undefined>(seen: T) {
  const work = useWork();
  const { changes } = work;
  const line = useSyncExternalStore(changes.subscribe, () => changes.line(seen?.id));
  return {
    ticket: (seen && withChanges(seen, line)) as T,
    line,
    change: (change: TicketChange) => {
      if (seen) make(work, seen, change);
    },
    keepMine: () => seen && changes.keepMine(seen.id),
    takeTheirs: () => seen && changes.takeTheirs(seen.id),
    tryAgain: () => seen && changes.tryAgain(seen.id),
    drop: () => seen && changes.drop(seen.id),
  };
}

/** Makes a change that can be undone. */
export function make(
  { changes, activity }: ReturnType<typeof useWork>,
  seen: Ticket,
  change: TicketChange,
) {
  activity.record(change, [withChanges(seen, changes.line(seen.id))], "sending");
  changes.change(seen, change);
}

/** Every change that needs the person, on whatever ticket. */
export function useTroubled() {
  const { changes } = useWork();
  return { lines: useSyncExternalStore(changes.subscribe, changes.troubled), changes };
}
