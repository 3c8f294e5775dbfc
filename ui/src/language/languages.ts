/** The languages that there is a catalogue for, by their own names. `theme-init.js` knows the same. */
export const languages = { en: "English", de: "Deutsch", es: "Español" } as const;

export type Language = keyof typeof languages;

/** What a person chose: one of them, or whatever the browser asks for. */
export type Choice = Language | "system";

const KEPT = "frontdesk.language";

/** Scripts that are written from right to left, by the languages that use them. */
const rightToLeft = ["ar", "fa", "he", "ur"];

export const isLanguage = (text: unknown): text is Language =>
  typeof text === "string" && Object.hasOwn(languages, text);

export const directionOf = (language: string) => (rightToLeft.includes(language) ? "rtl" : "ltr");

const mainPart = (tag: string) => tag.split("-")[0]?.toLowerCase() ?? "";

/** The first of the languages asked for that there is; English where there is none of them. */
export const pick = (wanted: readonly string[]): Language =>
  wanted.map(mainPart).find(isLanguage) ?? "en";

/** How dates and numbers are written: as the browser has it for that language, if it has it. */
export const localeFor = (language: Language, wanted: readonly string[]): string =>
  wanted.find((tag) => mainPart(tag) === language) ?? language;

/** What the browser asks for; there is no browser where a test has none. */
export const asked = (): readonly string[] => globalThis.navigator?.languages ?? [];

export function readChoice(): Choice {
  try {
    const kept = localStorage.getItem(KEPT);
    return isLanguage(kept) ? kept : "system";
  } catch {
    return "system";
  }
}

export function keepChoice(choice: Choice) {
  try {
    if (choice === "system") localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, choice);
  } catch {
    // storage may be switched off; it holds for this page
  }
}
