import { t } from "../language/work";
import type { Command, CommandId } from "./registry";

export const labelOf = (id: CommandId): string => t.commands.labels[id];

export const groupOf = ({ group }: Command): string => t.commands.groups[group];

/** A key as it stands on keyboards. */
export const named = (key: string) =>
  key
    .replace("ArrowDown", "↓")
    .replace("ArrowUp", "↑")
    .replace("Escape", t.commands.escape)
    .replace("PageDown", t.commands.pageDown)
    .replace("PageUp", t.commands.pageUp)
    .replace(/Ctrl\+(.)$/, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`)
    .replace(/^(\w) (\w)$/, (_, first: string, second: string) => t.commands.inTurn(first, second));
