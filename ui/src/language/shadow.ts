import english from "./en/shadow";
import type { Language } from "./languages";
import { addPart } from "./text";

/** What the part about a source in the shadow says: few have one, so it comes with that part alone. */
export type Shadow = typeof english;

export let words: Shadow = english;

const loaders: Record<Language, () => Promise<Shadow>> = {
  en: async () => english,
  de: async () => (await import("./de/shadow")).default,
  es: async () => (await import("./es/shadow")).default,
};

/** Resolves once it is in the chosen language. */
export const isReady = addPart(async (language) => {
  const loaded = await loaders[language]();
  return () => {
    words = loaded;
  };
});
