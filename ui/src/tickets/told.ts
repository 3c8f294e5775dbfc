import type { TicketEvent } from "../api/types";
import { categories, priorities, statuses } from "./words";

const fields: Record<string, { label: string; words?: Record<string, string> }> = {
  status: { label: "Status", words: statuses },
  priority: { label: "Priority", words: priorities },
  category: { label: "Category", words: categories },
  title: { label: "Title" },
  description: { label: "Description" },
};

type Told = { label: string; before: string; after: string | null };

/** What was changed, in words; a text as long as a description is only said to be another. */
export function changesOf(changes: TicketEvent["changes"]): Told[] {
  return Object.entries(fields).flatMap(([name, { label, words }]): Told[] => {
    const change = changes[name];
    if (!change) return [];
    const word = (value: string | null) => (value === null ? "nothing" : (words?.[value] ?? value));
    if (name === "description") return [{ label, before: "", after: null }];
    return [{ label, before: word(change.before), after: word(change.after) }];
  });
}
