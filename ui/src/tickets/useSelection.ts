import { useState } from "react";
import { nothing, shownOf, toggled, upTo } from "./selection";

/** Which rows are chosen, and why some of them are still so after a change. */
export function useSelection(order: number[]) {
  const [kept, setKept] = useState(nothing);
  const [failed, setFailed] = useState<ReadonlyMap<number, string>>(new Map());
  const selection = shownOf(kept, order);
  return {
    ids: selection.ids,
    failed,
    toggle: (id: number, isRange: boolean) =>
      setKept(isRange ? upTo(selection, id, order) : toggled(selection, id)),
    clear: () => {
      setKept(nothing);
      setFailed(new Map());
    },
    keep: (reasons: Map<number, string>) => {
      setKept({ ids: new Set(reasons.keys()), from: null });
      setFailed(reasons);
    },
  };
}
