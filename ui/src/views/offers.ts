import type { Offer } from "../commands/offers";
import { knownViews } from "./known";

/** What the palette calls a view. */
const label = (name: string) => `View: ${name}`;

/** The views whose names have all of the words, as commands. */
export function viewOffers(wanted: string[], go: (href: string) => void): Offer[] {
  const taken = new Set<string>();
  return knownViews()
    .filter(({ name }) => wanted.every((word) => label(name).toLowerCase().includes(word)))
    .map(({ key, name }) => {
      // two may have one name
      const text = taken.has(name) ? `${label(name)} (${key})` : label(name);
      taken.add(name);
      return { label: text, keys: [], run: () => go(`/tickets?view=${key}`) };
    });
}
