/** The rows that are chosen, and the one from which a range is counted. */
export type Selection = { ids: ReadonlySet<number>; from: number | null };

export const nothing: Selection = { ids: new Set(), from: null };

export function toggled({ ids }: Selection, id: number): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, from: id };
}

/** All rows from the last chosen one to this one, whichever lies above. */
export function upTo(selection: Selection, id: number, order: number[]): Selection {
  const start = selection.from === null ? -1 : order.indexOf(selection.from);
  const end = order.indexOf(id);
  if (start < 0 || end < 0) return toggled(selection, id);
  const range = order.slice(Math.min(start, end), Math.max(start, end) + 1);
  return { ids: new Set([...selection.ids, ...range]), from: selection.from };
}
