import { become, current, tell } from "./current";
import english from "./en/first";
import { asked, type Choice, isLanguage, keepChoice, type Language, pick } from "./languages";

/** What every visit carries: the form, and what stands around each page. English says what there is. */
export type First = typeof english;

/** The text in the chosen language. Whoever reads it while drawing is drawn anew by `App` when it changes. */
export let t: First = english;

const loaders: Record<Language, () => Promise<First>> = {
  en: async () => english,
  de: async () => (await import("./de/first")).default,
  es: async () => (await import("./es/first")).default,
};

/** Another part of the catalogue: loads a language, and gives what puts it in place. */
export type Part = (language: Language) => Promise<() => void>;

const parts: Part[] = [
  async (language) => {
    const loaded = await loaders[language]();
    return () => {
      t = loaded;
    };
  },
];

/** Adds a part that came later; resolves once it is in the language of the others. */
export async function addPart(part: Part): Promise<void> {
  parts.push(part);
  for (;;) {
    const language = current();
    const put = await part(language);
    if (language === current()) return put();
  }
}

let turns = 0;

/** Speaks another language, in all parts at once; where one of them cannot be loaded all stay as they are. */
export async function speak(language: Language): Promise<void> {
  const turn = ++turns;
  let puts: (() => void)[];
  // another part may come while one waits
  do {
    puts = await Promise.all(parts.map((part) => part(language)));
  } while (puts.length < parts.length);
  if (turn !== turns) return;
  become(language);
  for (const put of puts) put();
  tell();
}

/** Before anything is drawn: the language that `theme-init.js` found to be wanted. */
export async function speakFirst(): Promise<void> {
  const { lang } = document.documentElement;
  if (!isLanguage(lang) || lang === "en") return;
  await speak(lang).catch(() => speak("en"));
}

/** Keeps what a person chose, and speaks it. */
export async function choose(choice: Choice): Promise<void> {
  await speak(choice === "system" ? pick(asked()) : choice);
  keepChoice(choice);
}
