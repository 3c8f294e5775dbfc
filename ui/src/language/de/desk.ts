import { number } from "../format";
import type { Work } from "../work";

export const desk: Work["desk"] = {
  offline: "Offline",
  offlineWaiting: (count) => `Offline, ${number(count)} ausstehend`,
  notSaved: (count) => `${number(count)} nicht gespeichert`,
  saving: (count) => `${number(count)} wird gespeichert`,
  saved: "Gespeichert",
  yourChanges: "(Ihre Änderungen)",
  heading: "Ihre Änderungen",
  noChanges: "Seit dem Laden dieser Seite wurde nichts geändert.",
  undo: "Rückgängig machen",
  undoWhat: (what) => `„${what}“`,
  cannot: (why) => `Kann nicht rückgängig gemacht werden: ${why}.`,
  notUndone: (why) => `Nicht rückgängig gemacht: ${why}.`,
  notAllUndone: (why) => `Nicht alles wurde rückgängig gemacht: ${why}`,
  wasNotSaved: "die Änderung wurde nicht gespeichert",
  isUndone: "die Änderung ist schon rückgängig gemacht",
  isCovered: "es gibt eine neuere Änderung desselben Tickets",
  wasChanged: "jemand hat das Ticket seitdem geändert",
  became: {
    status: (word) => word,
    priority: (word) => `Priorität ${word}`,
    category: (word) => `Kategorie ${word}`,
  },
  oneIsNow: (id, what) => `#${id}: jetzt ${what}`,
  manyAreNow: (count, what) => `${number(count)} Tickets: jetzt ${what}`,
  oneIsAsBefore: (id) => `Rückgängig gemacht: #${id} ist wie zuvor`,
  manyAreAsBefore: (count) => `Rückgängig gemacht: ${number(count)} Tickets sind wie zuvor`,
};
