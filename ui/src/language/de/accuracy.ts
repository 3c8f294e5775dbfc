import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("de");

const tickets = (n: number) =>
  plural(n, { one: `${number(n)} Ticket`, other: `${number(n)} Tickets` });
const suggestions = (n: number) =>
  plural(n, { one: `${number(n)} Vorschlag`, other: `${number(n)} Vorschläge` });
const answers = (n: number) =>
  plural(n, { one: `${number(n)} Antwort`, other: `${number(n)} Antworten` });
const ofAll = (right: number, all: number) =>
  `${number(right)} von ${plural(all, { one: `${number(all)} Ticket`, other: `${number(all)} Tickets` })}`;

export const accuracy: Work["accuracy"] = {
  title: "Trefferquote",
  notCounted: "nicht gezählt",
  notCountedYet: "Nicht gezählt.",
  lead: "Wie oft der Support ein Ticket so belässt, wie es vorgeschlagen wurde.",
  cut: "Nur die neuesten 20.000 Vorschläge werden gezählt: Der Zeitraum enthält mehr.",
  off: "Vorschläge sind auf diesem Server ausgeschaltet. Ein Admin kann sie einschalten (FRONTDESK_CLASSIFIER).",
  fill: "Ein Vorschlag wird aufbewahrt, wenn ein Ticket eingereicht wird. Er zählt als richtig oder falsch, sobald das Ticket gelöst oder geschlossen ist.",
  undecided:
    "Noch kein Ticket mit einem Vorschlag dieses Modells ist gelöst oder geschlossen; daher ist bisher nichts richtig oder falsch.",
  resolveSome: "Zu lösende Tickets",
  longer: "Ein ganzes Jahr ansehen",
  nothingYet: (days) => `In ${days} Tagen wurde kein Vorschlag aufbewahrt`,
  sources: {
    gemini: "Gemini",
    anthropic: "Claude",
    openai: "Sprachmodell",
    local: "Eingebauter Klassifikator",
  },
  range: (low, high) => `${low} bis ${high}`,
  withInterval: (share, interval) => `${share} (95 %: ${interval})`,
  withSample: (share, right, all, interval) => `${share} (${right} von ${all}; ${interval})`,
  models: {
    title: "Modelle",
    model: "Modell",
    suggestions: "Vorschläge",
    right: (field) => `${field} richtig`,
    below: (name) => `Das Folgende betrifft ${name}.`,
    prompt: (version) => `Prompt ${version}`,
    shadow: "im Schatten",
    learning: (refits) => `lernend, ${number(refits)}-mal angepasst`,
  },
  shares: {
    title: (field) => `${field}: Wie oft ist der Vorschlag richtig?`,
    accuracy: "Am Ende richtig",
    accepted: "Vom Einsender gewählt",
    what: "Maß",
    counted: "Gezählt",
    share: "Anteil",
    interval: "95-%-Intervall",
    none: "noch nichts gezählt",
    agents: (n) =>
      `${n} der endgültigen Werte hat der Support gesetzt; die anderen blieben, wie sie waren.`,
    meaning:
      "Am Ende richtig: von den gelösten oder geschlossenen Tickets die, bei denen der vorgeschlagene Wert am Ende galt. Gewählt: von den Vorschlägen, die ein Einsender gesehen hat, die beibehaltenen. Wer einen Vorschlag einfach stehen lässt, behält ihn bei; daher ist diese Zahl geschönt.",
    noneDecided: "Noch kein Ticket mit einem Vorschlag ist gelöst oder geschlossen.",
    few: (right, all, share, interval) =>
      `Richtig bei ${ofAll(right, all)} (${share}): Das sind so wenige, dass es ebenso gut ${interval} sein können.`,
    many: (right, all, share, interval) =>
      `Richtig bei ${ofAll(right, all)} (${share}); mit 95 % Sicherheit ${interval}.`,
  },
  matrix: {
    title: (field) => `${field}: Endgültiger Wert nach Vorschlag`,
    corner: "Am Ende",
    column: (word) => `Vorgeschlagen: ${word}`,
    suggested: "Vorgeschlagen",
    open: (word) => `Gelöste und geschlossene Tickets: ${word}`,
    doors:
      "Ein Wert links öffnet die gelösten und geschlossenen Tickets, die so endeten, mit oder ohne Vorschlag.",
    word: "Wert",
    ended: "Endeten so",
    found: "Davon vorgeschlagen",
    said: "So vorgeschlagen",
    kept: "Davon richtig",
    noMistake: (all) => `Bei ${tickets(all)} wurde nichts verwechselt.`,
    mistakes: (wrong, all, said, ended, times) => {
      const often = times === 1 ? "einmal" : times === 2 ? "zweimal" : `${number(times)}-mal`;
      return `${ofAll(wrong, all)} verwechselt; am häufigsten wurde „${said}“ vorgeschlagen, wo „${ended}“ richtig war (${often}).`;
    },
  },
  calibration: {
    title: (field) => `${field}: Stimmt die angegebene Sicherheit?`,
    reader: (field) => `Sicherheit nach Klassen lesen: ${field}`,
    says: "Angegeben",
    right: "Richtig",
    bin: "Sicherheit",
    suggestions: "Vorschläge",
    mean: "Angegeben",
    key: "Punkte auf der Linie halten, was sie versprechen; die Striche sind die Intervalle zu 95 %.",
    none: "Noch kein Vorschlag mit einer Angabe zur Sicherheit ist entschieden.",
    few: (says, right, all, interval) =>
      `Bei angegebenen ${says} sind ${right} richtig (${suggestions(all)}: so wenige, dass es ebenso gut ${interval} sein können).`,
    many: (says, right, all, points) =>
      `Bei angegebenen ${says} sind ${right} richtig (${suggestions(all)}); insgesamt liegen Angabe und Wirklichkeit ${plural(points, { one: `${number(points)} Prozentpunkt`, other: `${number(points)} Prozentpunkte` })} auseinander.`,
    empty: (range) => `${range}: kein Vorschlag`,
    full: (says, right, hits, all, interval) =>
      `Angegeben ${says}, richtig ${right} (${hits} von ${all}; 95 %: ${interval})`,
  },
  latency: {
    title: "Antwortzeit",
    percentile: "Perzentil",
    time: "Zeit",
    names: { p50: "Die Hälfte binnen", p95: "95 % binnen", p99: "99 % binnen" },
    says: (half, most) =>
      `Die Hälfte der Fragenden wartete höchstens ${half}, 99 von 100 höchstens ${most}.`,
  },
  failures: {
    title: "Fehler",
    source: "Quelle",
    kind: "Art",
    times: "Anzahl",
    names: {
      misconfigured: "Falsch eingerichtet",
      rate_limited: "Zu viele Anfragen",
      unavailable: "Nicht erreichbar",
      timed_out: "Zu langsam",
      bad_answer: "Keine brauchbare Antwort",
      refused: "Antwort verweigert",
      circuit_open: "Nach Fehlern in Ruhe gelassen",
      busy: "Zu viel auf einmal",
      budget_spent: "Nutzungsgrenze erreicht",
      off: "Ausgeschaltet",
    },
    none: (since) => `Keine seit ${since}.`,
    some: (all, since, kind, source, times) =>
      `${number(all)} Fehler seit ${since}, am häufigsten „${kind}“ (${source}, ${times}).`,
  },
  use: {
    title: "Aufrufe, Token und Kosten",
    none: "Aufrufe, Token und Kosten werden nicht gezählt.",
    cut: "Nur die neuesten 20.000 Zählungen werden gelesen: Der Zeitraum enthält mehr.",
    day: "Tag",
    names: {
      calls: "Aufrufe",
      tokensIn: "Token hinein",
      tokensOut: "Token heraus",
      cost: "Geschätzte Kosten",
      cacheHits: "Aus dem Speicher",
    },
    byDay: (name) => `${name} pro Tag`,
    reader: (name) => `Tag für Tag lesen: ${name}`,
    calls: (n) => plural(n, { one: `${number(n)} Aufruf`, other: `${number(n)} Aufrufe` }),
    tokensIn: (n) => `${n} Token hinein`,
    tokensOut: (n) => `${n} Token heraus`,
    cost: (dollars) => `etwa ${dollars}`,
    fromMemory: (n) => `${answers(n)} aus dem Speicher`,
    fromMemoryShare: (n, share) => `${answers(n)} aus dem Speicher (${share})`,
  },
  breaker: {
    title: "Nach Fehlern in Ruhe gelassen",
    noModel: "Hier wird kein Sprachmodell gefragt.",
    none: "Kein Modell musste in Ruhe gelassen werden.",
    when: "Wann",
    lastFailure: "Letzter Fehler",
    state: "Von da an",
    states: { closed: "gefragt", open: "in Ruhe gelassen", half_open: "einmal versucht" },
    reader: "Lesen, wann das Sprachmodell in Ruhe gelassen wurde",
    lasts: (times, from) =>
      `Das Sprachmodell wurde ${number(times)}-mal in Ruhe gelassen, derzeit seit ${from}.`,
    past: (times, to) =>
      `Das Sprachmodell wurde ${number(times)}-mal in Ruhe gelassen, zuletzt bis ${to}.`,
  },
  learning: {
    title: "Lernen",
    status: {
      learning:
        "Ein: Aus Tickets, die der Support abschließt, wird gelernt, und die Vorschläge nutzen es.",
      waiting: "Ein, aber bisher gibt es zu wenige Korrekturen, um danach vorzuschlagen.",
      worse:
        "Ein, aber das Gelernte ist schlechter als das mitgelieferte Modell und wird nicht genutzt.",
      off: "Ausgeschaltet: Es wird nichts gelernt; das Gelernte bleibt erhalten, wird aber nicht genutzt.",
      disabled: "Durch die Einstellung FRONTDESK_LEARNING ausgeschaltet.",
      unused: "Der eingebaute Klassifikator antwortet hier nie; daher wird nichts gelernt.",
    },
    corrections: "Aufbewahrte Korrekturen",
    atMost: (now, most) => `${now} von höchstens ${most}`,
    refitted: "Zuletzt gelernt",
    shipped: (field) => `${field}, mitgeliefert`,
    learnt: (field) => `${field}, gelernt`,
    meaning:
      "Richtig bei den letzten hundert Tickets, die der Support abgeschlossen hat; jedes wurde vorhergesagt, bevor daraus gelernt wurde.",
    switchOn: "Lernen einschalten",
    switchOff: "Lernen ausschalten",
    forget: "Alles vergessen …",
    onlyAdmins: "Nur Admins schalten das Lernen und löschen das Gelernte.",
    forgetTitle: "Alles Gelernte vergessen?",
    forgetText:
      "Alle Korrekturen werden endgültig gelöscht; danach gilt wieder das mitgelieferte Modell. Die Tickets bleiben, wie sie sind.",
    forgetNow: "Alles vergessen",
    forgotten: "Alles Gelernte ist gelöscht.",
  },
};
