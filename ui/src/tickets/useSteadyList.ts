import { useState } from "react";
import type { Ticket } from "../api/types";
import { steady } from "./steady";

/**
 * The rows to show. They follow the server, except while `held` (pointer or focus in the list): then
 * they stay, and newer ones wait for `show`.
 */
export function useSteadyList(fresh: Ticket[] | undefined, key: string, held: boolean) {
  const [kept, setKept] = useState<{ key: string; rows: Ticket[] } | null>(null);
  const isKept = kept?.key === key && held;
  if (fresh && !isKept && (kept?.key !== key || kept.rows !== fresh)) {
    setKept({ key, rows: fresh });
  }
  if (!fresh || !kept || !isKept) return { rows: fresh, waiting: 0, show: () => {} };
  return {
    ...steady(kept.rows, fresh),
    show: () => setKept({ key, rows: fresh }),
  };
}
