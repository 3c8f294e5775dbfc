import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("es");

const count = (tickets: number) =>
  plural(tickets, { one: `${number(tickets)} ticket`, other: `${number(tickets)} tickets` });

export const tickets: Work["tickets"] = {
  heading: "Tickets",
  list: "Lista",
  loading: "Cargando tickets",
  count,
  counted: (tickets, strong) => (
    <>
      {strong(number(tickets))} {plural(tickets, { one: "ticket", other: "tickets" })}
    </>
  ),
  countedMany: (strong) => <>{strong("Muchos")} tickets</>,
  counting: (strong) => <>{strong("…")} tickets</>,
  activeFilters: "Filtros activos",
  triageThese: "Hacer el triaje de estos",
  searchTickets: "Buscar tickets",
  all: "Todos",
  chosen: (values) => `${values} elegidos`,
  several: "Varios…",
  condition: (label, word) => `${label}: ${word}`,
  searchedFor: (text) => `Búsqueda: ${text}`,
  filedAfter: (day) => `Enviado desde el ${day}`,
  filedBefore: (day) => `Enviado antes del ${day}`,
  none: "Todavía no hay tickets.",
  submitFirst: "Enviar el primero",
  allDone: "Todo hecho: aquí no espera nada.",
  noMatch: "Ningún ticket cumple los filtros",
  drop: (condition) => `Quitar «${condition}»`,
  dropAll: "Quitar todos los filtros",
  pageTitle: (waiting) => (waiting > 0 ? `(${waiting}) Tickets` : "Tickets"),
  newOnes: (waiting) =>
    plural(waiting, {
      one: `${number(waiting)} nuevo · mostrar`,
      other: `${number(waiting)} nuevos · mostrar`,
    }),
  selectSeveral: "Seleccionar varios",
  doneSelecting: "Terminar la selección",
  select: (id) => `Seleccionar el ticket ${id}`,
  statusOf: (id) => `Estado del ticket ${id}`,
  leaves: "ya no coincide",
  notChanged: (why) => `Sin cambios: ${why}`,
  otherChange: "Otra persona también lo ha cambiado",
  notSaved: "No guardado",
  troubles: "Cambios que no se han guardado",
  secondsAgo: (seconds) => `hace ${seconds} s`,
};

export const bulk: Work["bulk"] = {
  label: "Tickets seleccionados",
  selected: (tickets) =>
    plural(tickets, {
      one: `${count(tickets)} seleccionado`,
      other: `${count(tickets)} seleccionados`,
    }),
  asItIs: "Sin cambios",
  change: (tickets) => `Cambiar ${count(tickets)}`,
  clear: "Anular la selección",
  chooseFirst: "Elija qué quiere cambiar.",
  nothingChanged: (why) => `No se ha cambiado nada: ${why}`,
  selectAll: (all) => `Seleccionar los ${number(all)}`,
  selecting: (reached, all) => `Seleccionando ${number(reached)} de ${number(all)}`,
  waits: (tickets) =>
    `${plural(tickets, { one: `Se cambiará ${count(tickets)}`, other: `Se cambiarán ${count(tickets)}` })} en cuanto haya conexión.`,
  changedMeanwhile: "alguien lo ha cambiado entretanto",
  deleted: "se ha eliminado",
  noReason: "el servidor no ha dicho por qué",
  changed: (changed, failed) => {
    const done = plural(changed, {
      one: `${count(changed)} cambiado`,
      other: `${count(changed)} cambiados`,
    });
    return failed > 0 ? `${done}, ${number(failed)} no.` : `${done}.`;
  },
};

const field = {
  status: "el estado",
  priority: "la prioridad",
  category: "la categoría",
  title: "el título",
  description: "la descripción",
};

export const ticket: Work["ticket"] = {
  label: (id) => `Ticket ${id}`,
  noSuch: "No existe ese ticket",
  missing: "Este ticket no existe",
  missingWhy:
    "Puede que el número tenga un error. El número de cada ticket figura en su fila de la lista.",
  dates: (id, filed, changed) => `#${id} · enviado: ${filed} · cambiado: ${changed}`,
  saving: "Guardando…",
  saved: "Guardado",
  notSaved: (why) => `No guardado: ${why}`,
  leave: "Dejarlo como estaba",
  keepMine: "Conservar lo mío",
  takeTheirs: "Aceptar lo suyo",
  changedThis: (word, when) => `Alguien ha cambiado esto a «${word}» ${when}.`,
  changedFields: (changes, when) => {
    const parts = changes.map((one) => `${field[one.field]} a «${one.word}»`);
    return `Alguien ha cambiado ${parts.join(" y ")} ${when}.`;
  },
  history: "Historial",
  noHistory: "No se ha registrado nada.",
  theRequester: "El solicitante",
  anAgent: "Un agente",
  classifier: "Clasificador",
  filedBy: (who, when) => (
    <>
      {who} lo envió: {when}
    </>
  ),
  changedBy: (who, when) => (
    <>
      {who} lo cambió: {when}
    </>
  ),
  nothing: "nada",
  rewritten: (label) => `${label}: texto nuevo`,
  became: (label, before, arrow, spoken, after) => (
    <>
      {label}: {before}
      {arrow}
      {spoken(" ahora es ")}
      {after}
    </>
  ),
  delete: (id) => `Eliminar el ticket ${id}`,
  deleteTitle: (id) => `¿Eliminar el ticket ${id}?`,
  onlyAdmins: "Solo los administradores eliminan tickets.",
  deleteWarning: (title) =>
    `«${title}» y su historial se eliminan para siempre, y el enlace de quien lo envió deja de funcionar.`,
};
