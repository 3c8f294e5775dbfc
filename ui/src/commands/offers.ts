import { t } from "../language/work";
import { viewOffers } from "../views/offers";
import { keysOf } from "./keymap";
import { groupOf, labelOf, named } from "./named";
import { commands } from "./registry";
import { handlerOf } from "./useCommands";

export type Offer = { label: string; keys: string[]; run: () => void };

/** What the page can do now whose name has all of the words; a number opens that ticket. */
export function offers(words: string, go: (href: string) => void): Offer[] {
  const typed = words.trim();
  const wanted = typed.toLowerCase().split(/\s+/);
  const byLabel = new Map<string, Offer>();
  for (const [id, command] of commands) {
    const run = handlerOf(id);
    const label = labelOf(id);
    const known = byLabel.get(label);
    if (known) known.keys.push(...keysOf(id).map(named));
    else if (run && !command.unnamed && matches(`${label} ${groupOf(command)}`, wanted)) {
      byLabel.set(label, { label, keys: keysOf(id).map(named), run });
    }
  }
  const found = [...byLabel.values(), ...viewOffers(wanted, go)];
  const number = typed.match(/^#?(\d{1,15})$/)?.[1];
  if (number) {
    const run = () => go(`/tickets/${number}`);
    found.unshift({ label: t.commands.openTicket(number), keys: [], run });
  }
  if (typed !== "") {
    const run = () => go(`/tickets?${new URLSearchParams({ search: typed })}`);
    found.push({ label: t.commands.searchFor(typed), keys: [], run });
  }
  return found;
}

function matches(name: string, wanted: string[]): boolean {
  const text = name.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
