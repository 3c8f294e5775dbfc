import type { Deed } from "../tickets/activity";
import { categories, priorities, statuses } from "../tickets/words";

const fields = [
  { name: "status", label: "status", words: statuses as Record<string, string> },
  { name: "priority", label: "priority", words: priorities as Record<string, string> },
  { name: "category", label: "category", words: categories as Record<string, string> },
] as const;

/** "#12 is now Resolved", "#12: priority is now High", "3 tickets are now Closed". */
export function inWords({ change, tickets, state }: Deed): string {
  const [first] = tickets;
  const isOne = tickets.length === 1;
  const who = isOne ? `#${first?.id}` : `${tickets.length} tickets`;
  if (state === "undone") return `Undone: ${who} ${isOne ? "is" : "are"} as before`;
  const parts = fields.flatMap(({ name, label, words }) => {
    const value = change[name];
    if (!value) return [];
    const word = words[value] ?? value;
    return name === "status" ? word : `${label} ${word}`;
  });
  return `${who} ${isOne ? "is" : "are"} now ${parts.join(", ")}`;
}
