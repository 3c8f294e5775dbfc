import { number } from "../format";
import { pluralsOf } from "../plural";

const plural = pluralsOf("en");

const characters = (count: number) =>
  plural(count, { one: `${number(count)} character`, other: `${number(count)} characters` });

/** What the building blocks of every page say. */
export const ui = {
  loading: "Loading…",
  tryAgain: "Try again",
  reload: "Reload",
  copyDetails: "Copy details",
  notLoaded: "This page could not be loaded",
  notLoadedWhy:
    "A newer version may have been installed, or the connection is gone. What you wrote is kept.",
  failed: "This page failed",
  charactersLeft: (count: number) => `${characters(count)} left`,
  charactersOver: (count: number) => `${characters(count)} too many`,
  problem: "There is a problem",
  copy: "Copy",
  copied: "Copied",
  selected: "It is selected: press Ctrl+C to copy it.",
  theme: "Theme",
  themes: { system: "System theme", light: "Light", dark: "Dark" },
  language: "Language",
  systemLanguage: (name: string) => `${name} (system)`,
  languageFailed: "This language could not be loaded.",
  unreachable: "The server cannot be reached. Check your connection and try again.",
  answered: (status: number) => `The server answered with ${status}.`,
  /** By the last part of their type or by their status; in English the server's own words stand. */
  refusals: {} as Record<string, string>,
};
