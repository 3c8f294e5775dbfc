import type { TicketEvent } from "../api/types";
import { t } from "../language/work";

type Field = { label: string; words?: Record<string, string> };

const fields = (): Record<string, Field> => ({
  status: { label: t.words.status, words: t.words.statuses },
  priority: { label: t.words.priority, words: t.words.priorities },
  category: { label: t.words.category, words: t.words.categories },
  title: { label: t.words.title },
  description: { label: t.words.description },
});

type Told = { label: string; before: string; after: string | null };

/** What was changed, in words; a text as long as a description is only said to be another. */
export function changesOf(changes: TicketEvent["changes"]): Told[] {
  return Object.entries(fields()).flatMap(([name, { label, words }]): Told[] => {
    const change = changes[name];
    if (!change) return [];
    const word = (value: string | null) =>
      value === null ? t.ticket.nothing : (words?.[value] ?? value);
    if (name === "description") return [{ label, before: "", after: null }];
    return [{ label, before: word(change.before), after: word(change.after) }];
  });
}
