import { number } from "../format";

/** What a person has under way: saved or not, done, undone. */
export const desk = {
  offline: "Offline",
  offlineWaiting: (count: number) => `Offline, ${number(count)} waiting`,
  notSaved: (count: number) => `${number(count)} not saved`,
  saving: (count: number) => `Saving ${number(count)}`,
  saved: "Saved",
  yourChanges: "(your changes)",
  heading: "Your changes",
  noChanges: "Nothing was changed since this page was loaded.",
  undo: "Undo",
  undoWhat: (what: string) => `“${what}”`,
  cannot: (why: string) => `Cannot be undone: ${why}.`,
  notUndone: (why: string) => `Not undone: ${why}.`,
  notAllUndone: (why: string) => `Not all was undone: ${why}`,
  wasNotSaved: "it was not saved",
  isUndone: "it is undone",
  isCovered: "there is a newer change of the same ticket",
  wasChanged: "somebody has changed it since",
  became: {
    status: (word: string) => word,
    priority: (word: string) => `priority ${word}`,
    category: (word: string) => `category ${word}`,
  },
  oneIsNow: (id: number, what: string) => `#${id} is now ${what}`,
  manyAreNow: (count: number, what: string) => `${number(count)} tickets are now ${what}`,
  oneIsAsBefore: (id: number) => `Undone: #${id} is as before`,
  manyAreAsBefore: (count: number) => `Undone: ${number(count)} tickets are as before`,
};
