import type { UpdateTicket } from "../api/types";
import type { Line } from "./changes";

export type Group = { change: UpdateTicket; lines: Line[] };

/** What waits and is the same of several tickets leaves together; what began to wait first comes first. */
export function together(lines: Iterable<Line>): Group[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const { waiting: change, sending } = line;
    if (!change || sending) continue;
    const key = JSON.stringify(Object.entries(change).sort());
    const group = groups.get(key);
    if (group) group.lines.push(line);
    else groups.set(key, { change, lines: [line] });
  }
  return [...groups.values()];
}
