/**
 * The visible control that does the same as a command, where there is one that does not name its key already.
 * The first that is in sight is meant.
 */
import type { CommandId } from "./registry";

export const controls: Partial<Record<CommandId, string>> = {
  help: "[data-command=help]",
  palette: "[data-command=palette]",
  search: "#search",
  goSubmit: 'header nav a[href="/"]',
  goTickets: 'header nav a[href="/tickets"]',
  goTriage: 'header nav a[href="/triage"]',
  goStats: 'header nav a[href="/stats"]',
  goAccuracy: 'header nav a[href="/accuracy"]',
  goAdmin: 'header nav a[href^="/admin"]',
  activity: "header [data-kind]",
  back: 'aside a[href^="/tickets"]',
  open: "[role=row] a",
  select: "[role=row] input[type=checkbox]",
  filter: "search [popovertarget]",
  showNew: "section > [role=status] > button",
  status: control("status"),
  category: control("category"),
  priority: control("priority"),
};

/** Of many tickets, of the open one, of a row. */
function control(field: string): string {
  return [
    `[id="bulk-${field}" i]`,
    `[id="ticket-${field}" i]`,
    `[role=row] [id^="${field}-"]`,
  ].join();
}
