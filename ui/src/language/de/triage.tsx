import { number } from "../format";
import type { Work } from "../work";

export const triage: Work["triage"] = {
  heading: "Sichtung",
  pageTitle: (at, total) => `${at} von ${total} – Sichtung`,
  progress: (at, total) => `${number(at)} von ${number(total)}`,
  order: "Reihenfolge",
  orders: { newest: "Neueste zuerst", urgent: "Dringendste zuerst" },
  back: "Zurück zur Liste",
  nothing: "Es gibt nichts zu sichten.",
  all: (total) => `Alle ${number(total)} gesichtet.`,
  skipped: (skipped) => `${number(skipped)} davon übersprungen: Sie warten bis zum nächsten Mal.`,
  undo: "Letztes rückgängig",
  lookAgain: "Nochmals durchsehen",
  filed: (id, when) => (
    <>
      {id} · eingereicht {when}
    </>
  ),
  proposes: (marked, category, priority) => (
    <>
      {marked("Vorschlag des Klassifikators: ")}
      {category} · {priority}
    </>
  ),
  proposesSame: (marked, category, priority) => (
    <>
      {marked("Vorschlag des Klassifikators: ")}
      {category} · {priority}, wie bereits gesetzt
    </>
  ),
  withPercent: (word, percent) => (
    <>
      {word} ({percent})
    </>
  ),
  use: "Übernehmen",
  accept: "Bestätigen",
  skip: "Überspringen",
};
