/** Everything a key does. Nothing else binds keys; help, palette and tests are drawn from here. */
export type Command = {
  /**
   * As `keyOf` names them; two with a space are pressed in turn. Space itself is `Space`.
   */
  keys: string[];
  label: string;
  group: Group;
  /** Only while a row of the list has the focus: elsewhere the key scrolls, or presses a button. */
  onRow?: boolean;
  /** Nothing that one would look for by its name. */
  unnamed?: boolean;
};

export const groups = ["Anywhere", "In the list", "On a ticket", "In triage"] as const;
export type Group = (typeof groups)[number];

export const registry = {
  palette: { keys: ["Ctrl+k"], label: "Find a command", group: "Anywhere", unnamed: true },
  help: { keys: ["?"], label: "Keyboard shortcuts", group: "Anywhere" },
  search: { keys: ["/"], label: "Search", group: "Anywhere" },
  goSubmit: { keys: ["g n"], label: "Submit a ticket", group: "Anywhere" },
  goTickets: { keys: ["g t"], label: "Go to the tickets", group: "Anywhere" },
  goTriage: { keys: ["g r"], label: "Go to triage", group: "Anywhere" },
  goStats: { keys: ["g s"], label: "Go to the dashboard", group: "Anywhere" },
  goAccuracy: { keys: ["g c"], label: "Go to the accuracy of suggestions", group: "Anywhere" },
  goAdmin: { keys: ["g a"], label: "Go to administration", group: "Anywhere" },
  undo: { keys: ["z"], label: "Undo the last change", group: "Anywhere" },
  activity: { keys: ["u"], label: "Activity: your changes", group: "Anywhere" },
  back: { keys: ["Escape"], label: "One step back", group: "Anywhere", unnamed: true },
  next: { keys: ["j"], label: "Next ticket", group: "In the list" },
  previous: { keys: ["k"], label: "Previous ticket", group: "In the list" },
  down: { keys: ["ArrowDown"], label: "Next ticket", group: "In the list", onRow: true },
  up: { keys: ["ArrowUp"], label: "Previous ticket", group: "In the list", onRow: true },
  pageDown: { keys: ["PageDown"], label: "A page down", group: "In the list", onRow: true },
  pageUp: { keys: ["PageUp"], label: "A page up", group: "In the list", onRow: true },
  first: { keys: ["Home"], label: "First ticket", group: "In the list", onRow: true },
  last: { keys: ["End"], label: "Last loaded ticket", group: "In the list", onRow: true },
  open: { keys: ["o"], label: "Open the ticket", group: "In the list" },
  enter: { keys: ["Enter"], label: "Open the ticket", group: "In the list", onRow: true },
  openTab: { keys: ["Ctrl+Enter"], label: "Open in a new tab", group: "In the list", onRow: true },
  select: { keys: ["x"], label: "Select the ticket", group: "In the list" },
  space: { keys: ["Space"], label: "Select the ticket", group: "In the list", onRow: true },
  selectTo: { keys: ["X"], label: "Select up to here", group: "In the list" },
  selectDown: {
    keys: ["Shift+ArrowDown"],
    label: "Select downwards",
    group: "In the list",
    onRow: true,
  },
  selectUp: { keys: ["Shift+ArrowUp"], label: "Select upwards", group: "In the list", onRow: true },
  selectAll: {
    keys: ["Ctrl+a"],
    label: "Select all loaded",
    group: "In the list",
    onRow: true,
  },
  filter: { keys: ["f"], label: "Filter by more", group: "In the list" },
  showNew: { keys: ["."], label: "Show new tickets", group: "In the list" },
  status: { keys: ["s"], label: "Change the status", group: "On a ticket" },
  category: { keys: ["c"], label: "Change the category", group: "On a ticket" },
  priority: { keys: ["p"], label: "Change the priority", group: "On a ticket" },
  resolve: { keys: ["e"], label: "Resolve and go on", group: "On a ticket" },
  copyLink: { keys: ["y"], label: "Copy the link", group: "On a ticket" },
  accept: { keys: ["y"], label: "Accept as it stands", group: "In triage" },
  take: { keys: ["t"], label: "Use what is proposed", group: "In triage" },
  low: { keys: ["1"], label: "Low", group: "In triage" },
  medium: { keys: ["2"], label: "Medium", group: "In triage" },
  high: { keys: ["3"], label: "High", group: "In triage" },
  critical: { keys: ["4"], label: "Critical", group: "In triage" },
  skip: { keys: ["n"], label: "Skip", group: "In triage" },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof registry;

export const commands = Object.entries(registry) as [CommandId, Command][];

/** A key that types a character: one must be able to switch those off (WCAG 2.1.4). */
export const isCharacter = (key: string) => key.length === 1;

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/**
 * The registry's name of a key, from what it types, so that other layouts work; null with modifiers that
 * are the browser's. Shift stands only before keys that type nothing: `?` has it within.
 */
export function keyOf(event: Pressed): string | null {
  if (event.altKey) return null;
  const isControlled = event.ctrlKey || event.metaKey;
  const key = event.key === " " ? "Space" : event.key;
  const shift = event.shiftKey && !isCharacter(key) ? "Shift+" : "";
  if (isControlled && event.shiftKey) return null;
  return `${isControlled ? "Ctrl+" : ""}${shift}${isControlled ? key.toLowerCase().replace("enter", "Enter") : key}`;
}

/** A key as it stands on keyboards. */
export const named = (key: string) =>
  key
    .replace("ArrowDown", "↓")
    .replace("ArrowUp", "↑")
    .replace("Escape", "Esc")
    .replace("PageDown", "Page down")
    .replace("PageUp", "Page up")
    .replace(/Ctrl\+(.)$/, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`)
    .replace(/^(\w) (\w)$/, "$1 then $2");
