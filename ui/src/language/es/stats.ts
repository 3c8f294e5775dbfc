import { list, number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("es");

const inDays = (days: number) =>
  plural(days, { one: `${number(days)} día`, other: `${number(days)} días` });

export const stats: Work["stats"] = {
  heading: "Panel",
  pause: "Pausar",
  resume: "Reanudar",
  updated: (when) => `Actualizado ${when}`,
  total: "Tickets en total",
  open: "Tickets abiertos",
  average: "Media diaria",
  none: "Todavía no hay tickets.",
  most: (word, percent) => `Lo más frecuente es «${word}»: ${percent}.`,
  lead: (words, percent) => `${list(words)} van en cabeza con un ${percent} cada uno.`,
  showNumbers: "Mostrar las cifras",
  ticketsBy: (what) => `Tickets por ${what.toLowerCase()}`,
  tickets: "Tickets",
  share: "Proporción",
  perDay: "Tickets por día",
  days: "Días",
  quiet: (days) => `No ha ocurrido nada en ${inDays(days)}.`,
  course: (created, resolved, behind, days) =>
    `${number(created)} enviados, ${number(resolved)} resueltos; en ${number(behind)} de ${inDays(days)} llegaron más de los que se resolvieron.`,
  created: "Enviados",
  resolved: "Resueltos",
  createdCount: (count) => `Enviados: ${count}`,
  resolvedCount: (count) => `Resueltos: ${count}`,
  mostOnOneDay: (count) => `Máximo en un día: ${count}`,
  firstChange: "Primer cambio, mediana",
  resolution: "Resolución, mediana",
  kept: "Sugerencias mantenidas hasta la resolución",
  byDay: "Tickets enviados y resueltos cada día (UTC)",
  read: "Leer los tickets día a día",
  filedOn: (day) => `Tickets del ${day}`,
  ofDay: (day, created, resolved) => `${day}: ${created} enviados, ${resolved} resueltos`,
  day: "Día",
};
