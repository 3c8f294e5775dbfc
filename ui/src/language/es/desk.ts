import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("es");

export const desk: Work["desk"] = {
  offline: "Sin conexión",
  offlineWaiting: (count) =>
    plural(count, {
      one: `Sin conexión, ${number(count)} pendiente`,
      other: `Sin conexión, ${number(count)} pendientes`,
    }),
  notSaved: (count) => `${number(count)} sin guardar`,
  saving: (count) => `Guardando ${number(count)}`,
  saved: "Guardado",
  yourChanges: "(sus cambios)",
  heading: "Sus cambios",
  noChanges: "No se ha cambiado nada desde que se cargó esta página.",
  undo: "Deshacer",
  undoWhat: (what) => `«${what}»`,
  cannot: (why) => `No se puede deshacer: ${why}.`,
  notUndone: (why) => `No se ha deshecho: ${why}.`,
  notAllUndone: (why) => `No se ha deshecho todo: ${why}`,
  wasNotSaved: "no se guardó",
  isUndone: "ya se ha deshecho",
  isCovered: "hay un cambio más reciente del mismo ticket",
  wasChanged: "alguien lo ha cambiado desde entonces",
  became: {
    status: (word) => word,
    priority: (word) => `prioridad ${word}`,
    category: (word) => `categoría ${word}`,
  },
  oneIsNow: (id, what) => `#${id}: ahora ${what}`,
  manyAreNow: (count, what) => `${number(count)} tickets: ahora ${what}`,
  oneIsAsBefore: (id) => `Deshecho: #${id} está como antes`,
  manyAreAsBefore: (count) => `Deshecho: ${number(count)} tickets están como antes`,
};
