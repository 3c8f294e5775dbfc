import { list, number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("de");

const inDays = (days: number) =>
  plural(days, { one: `${number(days)} Tag`, other: `${number(days)} Tagen` });

export const stats: Work["stats"] = {
  heading: "Übersicht",
  pause: "Anhalten",
  resume: "Fortsetzen",
  updated: (when) => `Aktualisiert ${when}`,
  total: "Tickets gesamt",
  open: "Offene Tickets",
  average: "Durchschnitt pro Tag",
  none: "Es gibt noch keine Tickets.",
  most: (word, percent) => `Am häufigsten ist „${word}“ mit ${percent}.`,
  lead: (words, percent) => `${list(words)} liegen mit je ${percent} vorn.`,
  showNumbers: "Zahlen anzeigen",
  ticketsBy: (what) => `Tickets nach ${what}`,
  tickets: "Tickets",
  share: "Anteil",
  perDay: "Tickets pro Tag",
  days: "Tage",
  quiet: (days) => `In ${inDays(days)} ist nichts geschehen.`,
  course: (created, resolved, behind, days) =>
    `${number(created)} eingereicht, ${number(resolved)} gelöst; an ${number(behind)} von ${inDays(days)} kamen mehr hinzu, als gelöst wurden.`,
  created: "Eingereicht",
  resolved: "Gelöst",
  createdCount: (count) => `Eingereicht: ${count}`,
  resolvedCount: (count) => `Gelöst: ${count}`,
  mostOnOneDay: (count) => `Höchstwert an einem Tag: ${count}`,
  firstChange: "Erste Änderung, Median",
  resolution: "Lösung, Median",
  kept: "Vorschläge, die bis zur Lösung blieben",
  byDay: "Eingereichte und gelöste Tickets pro Tag (UTC)",
  read: "Tickets Tag für Tag lesen",
  filedOn: (day) => `Tickets vom ${day}`,
  ofDay: (day, created, resolved) => `${day}: ${created} eingereicht, ${resolved} gelöst`,
  day: "Tag",
};
