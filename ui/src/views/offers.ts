import type { Offer } from "../commands/offers";
import { t } from "../language/work";
import { knownViews } from "./known";

/** The views whose names have all of the words, as commands. */
export function viewOffers(wanted: string[], go: (href: string) => void): Offer[] {
  const taken = new Set<string>();
  return knownViews()
    .map(({ key, name }) => ({ key, label: t.views.command(name ?? t.views.needsCheck) }))
    .filter(({ label }) => wanted.every((word) => label.toLowerCase().includes(word)))
    .map(({ key, label }) => {
      // two may have one name
      const text = taken.has(label) ? `${label} (${key})` : label;
      taken.add(label);
      return { label: text, keys: [], run: () => go(`/tickets?view=${key}`) };
    });
}
