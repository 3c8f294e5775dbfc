import { viewOffers } from "../views/offers";
import { keysOf } from "./keymap";
import { type Command, commands, named } from "./registry";
import { handlerOf } from "./useCommands";

export type Offer = { label: string; keys: string[]; run: () => void };

/** What the page can do now whose name has all of the words; a number opens that ticket. */
export function offers(words: string, go: (href: string) => void): Offer[] {
  const typed = words.trim();
  const wanted = typed.toLowerCase().split(/\s+/);
  const byLabel = new Map<string, Offer>();
  for (const [id, command] of commands as [(typeof commands)[number][0], Command][]) {
    const run = handlerOf(id);
    const known = byLabel.get(command.label);
    if (known) known.keys.push(...keysOf(id).map(named));
    else if (run && !command.unnamed && matches(command, wanted)) {
      byLabel.set(command.label, { label: command.label, keys: keysOf(id).map(named), run });
    }
  }
  const found = [...byLabel.values(), ...viewOffers(wanted, go)];
  const number = typed.match(/^#?(\d{1,15})$/)?.[1];
  if (number) {
    const run = () => go(`/tickets/${number}`);
    found.unshift({ label: `Open ticket ${number}`, keys: [], run });
  }
  if (typed !== "") {
    const run = () => go(`/tickets?${new URLSearchParams({ search: typed })}`);
    found.push({ label: `Search tickets for “${typed}”`, keys: [], run });
  }
  return found;
}

function matches({ label, group }: Command, wanted: string[]): boolean {
  const text = `${label} ${group}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
