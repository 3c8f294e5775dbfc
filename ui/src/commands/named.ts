import { t } from "../language/work";
import type { Command, CommandId } from "./registry";

export const labelOf = (id: CommandId): string => t.commands.labels[id];

export const groupOf = ({ group }: Command): string => t.commands.groups[group];

/** A key as it stands on keyboards. */
export function named(keys: string): string {
  const [first, second] = keys.split(" ");
  return second ? t.commands.inTurn(one(first ?? ""), one(second)) : one(keys);
}

/** One key with what is held at the same time: there letters are named as capitals. */
function one(key: string): string {
  const parts = key.split("+");
  const name = (part: string) =>
    parts.length > 1 && part.length === 1 ? part.toUpperCase() : part;
  return parts.map((part) => t.commands.keys[part] ?? name(part)).join("+");
}
