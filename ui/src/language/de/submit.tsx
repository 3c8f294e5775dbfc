import { list, number } from "../format";
import type { First } from "../text";

export const submit: First["submit"] = {
  heading: "Ticket einreichen",
  headingWithError: "Fehler: Ticket einreichen",
  lead: "Schildern Sie uns, was passiert ist. Jede Anfrage wird von einem Menschen gelesen.",
  restored: "Ihr letzter Entwurf ist noch da.",
  startAfresh: "Neu beginnen",
  send: "Ticket absenden",
  sending: "Wird gesendet …",
  noTitle: "Geben Sie einen Titel ein",
  longTitle: (most) => `Der Titel hat mehr als ${number(most)} Zeichen`,
  noDescription: "Beschreiben Sie das Problem",
  longDescription: (most) => `Die Beschreibung hat mehr als ${number(most)} Zeichen`,
  refused: (why) => `${why} Was Sie geschrieben haben, bleibt erhalten.`,
  refusedForNow: (why, seconds) =>
    `${why} Sie können es in ${seconds} s erneut versuchen. Was Sie geschrieben haben, bleibt erhalten.`,
  suggested: "vorgeschlagen",
  yourChoice: "Ihre Wahl",
  letUsDecide: "Wir entscheiden für Sie",
  chosenByYou: "von Ihnen gewählt",
  filed: (id) => `Ticket ${id} ist eingereicht`,
  filedLead: (number, title) => (
    <>
      Ein Mensch wird es lesen. Es hat die Nummer {number}: „{title}“.
    </>
  ),
  keepLink: "Bewahren Sie diesen Link auf: Er zeigt den Stand Ihrer Anfrage",
  understood: "So haben wir Ihre Anfrage verstanden",
  open: "Ticket öffnen",
  another: "Weiteres Ticket einreichen",
  suggestion: "Vorschlag",
  updating: "wird aktualisiert …",
  why: "Warum?",
  by: (source, model) =>
    `${capital(source)}, Modell ${model}, anhand von Titel und Beschreibung. Anderes wird nicht berücksichtigt.`,
  degraded: "Es vertritt das Sprachmodell, das gerade nicht antwortet.",
  wentBy: (phrases) => `Ausschlaggebend: ${list(phrases.map((phrase) => `„${phrase}“`))}.`,
  personReads: "Jede Anfrage wird von einem Menschen gelesen.",
  chooseWhereUnsure:
    "Wo der Vorschlag unsicher ist, wählen Sie bitte selbst oder überlassen Sie uns die Entscheidung.",
  changeBelow: "Sie können unten beides ändern.",
  differs: { category: "Kategorie", priority: "Priorität" },
  youDiffer: (fields) => `Abweichend gewählt: ${list(fields)}. Ihre Wahl bleibt bestehen.`,
  takeSuggestion: "Vorschlag übernehmen",
  looks: (word) => `vermutlich „${word}“, bitte prüfen:`,
  unsure: "unsicher:",
  fillWith: (word) => `${word} übernehmen`,
  maybe: (word) => `${word}?`,
  sureties: { quite: "recht sicher", fairly: "eher sicher", unsure: "unsicher" },
  sure: (surety, percent) => `${surety}, ${percent}`,
  reading: "Ihr Text wird gelesen …",
  noSuggestion:
    "Zurzeit gibt es keinen Vorschlag. Bitte wählen Sie selbst; was Sie geschrieben haben, bleibt erhalten.",
  willSuggest: "Während Sie schreiben, erscheint hier ein Vorschlag für Kategorie und Priorität.",
  saidNone: "Zurzeit gibt es keinen Vorschlag. Bitte wählen Sie selbst.",
  saidUnsure: "Der Vorschlag ist unsicher. Bitte wählen Sie selbst.",
  said: ({ category, priority }) => {
    const found = [category && `Kategorie ${category}`, priority && `Priorität ${priority}`];
    const change = category && priority ? "Sie können beides ändern." : "Sie können das ändern.";
    return `Von der KI vorgeschlagen: ${found.filter(Boolean).join(", ")}. ${change}`;
  },
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
