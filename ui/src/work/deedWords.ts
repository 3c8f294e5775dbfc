import { t } from "../language/work";
import type { Deed } from "../tickets/activity";

const fields = [
  { name: "status", list: "statuses" },
  { name: "priority", list: "priorities" },
  { name: "category", list: "categories" },
] as const;

/** "#12 is now Resolved", "#12 is now priority High", "3 tickets are now Closed". */
export function inWords({ change, tickets, state }: Deed): string {
  const [first] = tickets;
  const one = tickets.length === 1 && first ? first.id : null;
  if (state === "undone") {
    return one === null ? t.desk.manyAreAsBefore(tickets.length) : t.desk.oneIsAsBefore(one);
  }
  const what = fields
    .flatMap(({ name, list }) => {
      const words: Record<string, string> = t.words[list];
      const value = change[name];
      return value ? t.desk.became[name](words[value] ?? value) : [];
    })
    .join(", ");
  return one === null ? t.desk.manyAreNow(tickets.length, what) : t.desk.oneIsNow(one, what);
}
