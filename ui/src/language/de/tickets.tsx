import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("de");

const count = (tickets: number) =>
  plural(tickets, { one: `${number(tickets)} Ticket`, other: `${number(tickets)} Tickets` });

export const tickets: Work["tickets"] = {
  heading: "Tickets",
  list: "Liste",
  loading: "Tickets werden geladen",
  count,
  counted: (tickets, strong) => (
    <>
      {strong(number(tickets))} {plural(tickets, { one: "Ticket", other: "Tickets" })}
    </>
  ),
  countedMany: (strong) => <>{strong("Viele")} Tickets</>,
  counting: (strong) => <>{strong("…")} Tickets</>,
  activeFilters: "Aktive Filter",
  triageThese: "Diese sichten",
  searchTickets: "Tickets durchsuchen",
  all: "Alle",
  chosen: (values) => `${values} gewählt`,
  several: "Mehrere …",
  condition: (label, word) => `${label}: ${word}`,
  searchedFor: (text) => `Suche: ${text}`,
  filedAfter: (day) => `Eingereicht ab ${day}`,
  filedBefore: (day) => `Eingereicht vor ${day}`,
  none: "Es gibt noch keine Tickets.",
  submitFirst: "Das erste einreichen",
  allDone: "Alles erledigt: Hier wartet nichts.",
  noMatch: "Kein Ticket entspricht den Filtern",
  drop: (condition) => `„${condition}“ aufheben`,
  dropAll: "Alle Filter aufheben",
  pageTitle: (waiting) => (waiting > 0 ? `(${waiting}) Tickets` : "Tickets"),
  newOnes: (waiting) =>
    plural(waiting, {
      one: `${number(waiting)} neues · anzeigen`,
      other: `${number(waiting)} neue · anzeigen`,
    }),
  selectSeveral: "Mehrere auswählen",
  doneSelecting: "Auswahl beenden",
  select: (id) => `Ticket ${id} auswählen`,
  statusOf: (id) => `Status von Ticket ${id}`,
  leaves: "passt nicht mehr",
  notChanged: (why) => `Nicht geändert: ${why}`,
  otherChange: "Jemand anderes hat es auch geändert",
  notSaved: "Nicht gespeichert",
  troubles: "Änderungen, die nicht gespeichert wurden",
  secondsAgo: (seconds) => `vor ${seconds} s`,
};

export const bulk: Work["bulk"] = {
  label: "Ausgewählte Tickets",
  selected: (tickets) => `${count(tickets)} ausgewählt`,
  asItIs: "Unverändert",
  change: (tickets) => `${count(tickets)} ändern`,
  clear: "Auswahl aufheben",
  chooseFirst: "Wählen Sie, was geändert werden soll.",
  nothingChanged: (why) => `Es wurde nichts geändert: ${why}`,
  selectAll: (all) => `Alle ${number(all)} auswählen`,
  selecting: (reached, all) => `${number(reached)} von ${number(all)} ausgewählt …`,
  waits: (tickets) =>
    `${count(tickets)} ${plural(tickets, { one: "wird", other: "werden" })} geändert, sobald es wieder eine Verbindung gibt.`,
  changedMeanwhile: "jemand hat es inzwischen geändert",
  deleted: "es wurde gelöscht",
  noReason: "der Server hat keinen Grund genannt",
  changed: (changed, failed) =>
    failed > 0
      ? `${count(changed)} geändert, ${number(failed)} nicht.`
      : `${count(changed)} geändert.`,
};

const field = {
  status: "den Status",
  priority: "die Priorität",
  category: "die Kategorie",
  title: "den Titel",
  description: "die Beschreibung",
};

export const ticket: Work["ticket"] = {
  label: (id) => `Ticket ${id}`,
  noSuch: "Kein solches Ticket",
  missing: "Dieses Ticket gibt es nicht",
  missingWhy:
    "Vielleicht enthält die Nummer einen Tippfehler. Sie finden die Nummer eines Tickets in seiner Zeile der Liste.",
  dates: (id, filed, changed) => `#${id} · eingereicht ${filed} · geändert ${changed}`,
  saving: "Wird gespeichert …",
  saved: "Gespeichert",
  notSaved: (why) => `Nicht gespeichert: ${why}`,
  leave: "Lassen, wie es war",
  keepMine: "Meine Änderung behalten",
  takeTheirs: "Andere Änderung übernehmen",
  changedThis: (word, when) => `Jemand hat dies ${when} auf „${word}“ geändert.`,
  changedFields: (changes, when) => {
    const parts = changes.map((one) => `${field[one.field]} auf „${one.word}“`);
    return `Jemand hat ${when} ${parts.join(" und ")} geändert.`;
  },
  history: "Verlauf",
  noHistory: "Es wurde nichts aufgezeichnet.",
  theRequester: "Einsender",
  anAgent: "Support",
  classifier: "Klassifikator",
  filedBy: (who, when) => (
    <>
      {who}: eingereicht {when}
    </>
  ),
  changedBy: (who, when) => (
    <>
      {who}: geändert {when}
    </>
  ),
  nothing: "nichts",
  rewritten: (label) => `${label}: neu geschrieben`,
  became: (label, before, arrow, spoken, after) => (
    <>
      {label}: {before}
      {arrow}
      {spoken(" ist jetzt ")}
      {after}
    </>
  ),
  delete: (id) => `Ticket ${id} löschen`,
  deleteTitle: (id) => `Ticket ${id} löschen?`,
  onlyAdmins: "Nur Admins löschen Tickets.",
  deleteWarning: (title) =>
    `„${title}“ und der Verlauf werden endgültig gelöscht, und der Link der Person, die es eingereicht hat, führt ins Leere.`,
};
