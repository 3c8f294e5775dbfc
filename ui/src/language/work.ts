import english from "./en/work";
import type { Language } from "./languages";
import { addPart, type First, t as first } from "./text";

/** What all pages but the form say. English says what there is. */
export type Work = typeof english;

/** All of the text, for whatever the first visit does not carry. */
export let t: First & Work = { ...first, ...english };

const loaders: Record<Language, () => Promise<Work>> = {
  en: async () => english,
  de: async () => (await import("./de/work")).default,
  es: async () => (await import("./es/work")).default,
};

/** Resolves once this part is in the chosen language; a page that reads it is drawn after that. */
export const isReady = addPart(async (language) => {
  const loaded = await loaders[language]();
  // by then the first part is in the same language
  return () => {
    t = { ...first, ...loaded };
  };
});
