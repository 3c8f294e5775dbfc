import english from "./en/eachDay";
import type { Language } from "./languages";
import { addPart } from "./text";

/** What the plot of each day says: it comes with that plot alone. */
export type EachDay = typeof english;

export let words: EachDay = english;

const loaders: Record<Language, () => Promise<EachDay>> = {
  en: async () => english,
  de: async () => (await import("./de/eachDay")).default,
  es: async () => (await import("./es/eachDay")).default,
};

/** Resolves once it is in the chosen language. */
export const isReady = addPart(async (language) => {
  const loaded = await loaders[language]();
  return () => {
    words = loaded;
  };
});
