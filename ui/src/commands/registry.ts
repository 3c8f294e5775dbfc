/** Everything a key does. Nothing else binds keys; the help is drawn from here. */
export type Command = {
  /** As `KeyboardEvent.key` has them, so that other layouts work; two with a space are pressed in turn. */
  keys: string[];
  label: string;
  group: "Anywhere" | "In the list" | "On a ticket";
  /** Only while the focus is in the list or on a ticket: elsewhere the key scrolls. */
  local?: boolean;
};

export const registry = {
  help: { keys: ["?"], label: "This help", group: "Anywhere" },
  search: { keys: ["/"], label: "Search", group: "Anywhere" },
  goSubmit: { keys: ["g n"], label: "A new ticket", group: "Anywhere" },
  goTickets: { keys: ["g t"], label: "The tickets", group: "Anywhere" },
  goStats: { keys: ["g s"], label: "The dashboard", group: "Anywhere" },
  next: { keys: ["j"], label: "Next ticket", group: "In the list" },
  previous: { keys: ["k"], label: "Previous ticket", group: "In the list" },
  down: { keys: ["ArrowDown"], label: "Next ticket", group: "In the list", local: true },
  up: { keys: ["ArrowUp"], label: "Previous ticket", group: "In the list", local: true },
  first: { keys: ["Home"], label: "First ticket", group: "In the list", local: true },
  last: { keys: ["End"], label: "Last ticket", group: "In the list", local: true },
  open: { keys: ["o"], label: "Open the ticket", group: "In the list" },
  select: { keys: ["x"], label: "Select the ticket", group: "In the list" },
  selectTo: { keys: ["X"], label: "Select up to here", group: "In the list" },
  showNew: { keys: ["."], label: "Show new tickets", group: "In the list" },
  status: { keys: ["s"], label: "Its status", group: "On a ticket" },
  category: { keys: ["c"], label: "Its category", group: "On a ticket" },
  priority: { keys: ["p"], label: "Its priority", group: "On a ticket" },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof registry;

export const commands = Object.entries(registry) as [CommandId, Command][];

/** A key that types a character: one must be able to switch those off (WCAG 2.1.4). */
export const isCharacter = (key: string) => key.length === 1;
