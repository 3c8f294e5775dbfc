/**
 * Everything a key does. Nothing else binds keys; help, palette and tests are drawn from here. What a
 * command is called stands in the catalogue under its name.
 */
export type Command = {
  /**
   * As `keyOf` names them; two with a space are pressed in turn. Space itself is `Space`.
   */
  keys: string[];
  group: Group;
  /** Only while a row of the list has the focus: elsewhere the key scrolls, or presses a button. */
  onRow?: boolean;
  /** Nothing that one would look for by its name. */
  unnamed?: boolean;
};

export const groups = ["anywhere", "list", "ticket", "triage"] as const;
export type Group = (typeof groups)[number];

export const registry = {
  palette: { keys: ["Ctrl+k"], group: "anywhere", unnamed: true },
  help: { keys: ["?"], group: "anywhere" },
  search: { keys: ["/"], group: "anywhere" },
  goSubmit: { keys: ["g n"], group: "anywhere" },
  goTickets: { keys: ["g t"], group: "anywhere" },
  goTriage: { keys: ["g r"], group: "anywhere" },
  goStats: { keys: ["g s"], group: "anywhere" },
  goAccuracy: { keys: ["g c"], group: "anywhere" },
  goAdmin: { keys: ["g a"], group: "anywhere" },
  undo: { keys: ["z"], group: "anywhere" },
  activity: { keys: ["u"], group: "anywhere" },
  back: { keys: ["Escape"], group: "anywhere", unnamed: true },
  next: { keys: ["j"], group: "list" },
  previous: { keys: ["k"], group: "list" },
  down: { keys: ["ArrowDown"], group: "list", onRow: true },
  up: { keys: ["ArrowUp"], group: "list", onRow: true },
  pageDown: { keys: ["PageDown"], group: "list", onRow: true },
  pageUp: { keys: ["PageUp"], group: "list", onRow: true },
  first: { keys: ["Home"], group: "list", onRow: true },
  last: { keys: ["End"], group: "list", onRow: true },
  open: { keys: ["o"], group: "list" },
  enter: { keys: ["Enter"], group: "list", onRow: true },
  openTab: { keys: ["Ctrl+Enter"], group: "list", onRow: true },
  select: { keys: ["x"], group: "list" },
  space: { keys: ["Space"], group: "list", onRow: true },
  selectTo: { keys: ["X"], group: "list" },
  selectDown: { keys: ["Shift+ArrowDown"], group: "list", onRow: true },
  selectUp: { keys: ["Shift+ArrowUp"], group: "list", onRow: true },
  selectAll: { keys: ["Ctrl+a"], group: "list", onRow: true },
  filter: { keys: ["f"], group: "list" },
  showNew: { keys: ["."], group: "list" },
  status: { keys: ["s"], group: "ticket" },
  category: { keys: ["c"], group: "ticket" },
  priority: { keys: ["p"], group: "ticket" },
  resolve: { keys: ["e"], group: "ticket" },
  copyLink: { keys: ["y"], group: "ticket" },
  accept: { keys: ["y"], group: "triage" },
  take: { keys: ["t"], group: "triage" },
  low: { keys: ["1"], group: "triage" },
  medium: { keys: ["2"], group: "triage" },
  high: { keys: ["3"], group: "triage" },
  critical: { keys: ["4"], group: "triage" },
  skip: { keys: ["n"], group: "triage" },
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
