import type { Work } from "../work";

export const follow: Work["follow"] = {
  missing: "Dieser Link führt zu keiner Anfrage",
  missingWhy: (submit) => (
    <>
      Vielleicht wurde er unvollständig kopiert, oder die Anfrage wurde gelöscht. Sie können{" "}
      {submit("ein neues Ticket einreichen")}.
    </>
  ),
  request: "Ihre Anfrage",
  numbered: (id) => `Ihre Anfrage ${id}`,
  soFar: "Was bisher geschah",
  note: "Diese Seite wird jede Minute aktualisiert. Wer ihre Adresse kennt, kann sie sehen; geben Sie sie daher nicht weiter.",
  now: {
    open: "Wir haben Ihre Anfrage erhalten. Bald wird sich jemand darum kümmern.",
    in_progress: "Ihre Anfrage wird bearbeitet.",
    resolved: "Ihre Anfrage ist gelöst.",
    closed: "Ihre Anfrage ist geschlossen: Es geschieht nichts mehr.",
  },
  received: "Wir haben Ihre Anfrage erhalten",
  steps: {
    open: "Sie wurde wieder geöffnet",
    in_progress: "Die Bearbeitung hat begonnen",
    resolved: "Sie wurde gelöst",
    closed: "Sie wurde geschlossen",
  },
};
