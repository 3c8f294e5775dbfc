import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("es");

export const triage: Work["triage"] = {
  heading: "Triaje",
  pageTitle: (at, total) => `${at} de ${total} – Triaje`,
  progress: (at, total) => `${number(at)} de ${number(total)}`,
  order: "Orden",
  orders: { newest: "Primero los más recientes", urgent: "Primero los más urgentes" },
  back: "Volver a la lista",
  nothing: "No hay nada pendiente de triaje.",
  all: (total) => `Triaje terminado: ${number(total)} de ${number(total)}.`,
  skipped: (skipped) =>
    plural(skipped, {
      one: `${number(skipped)} se ha omitido: espera a la próxima vez.`,
      other: `${number(skipped)} se han omitido: esperan a la próxima vez.`,
    }),
  undo: "Deshacer lo último",
  lookAgain: "Revisar de nuevo",
  filed: (id, when) => (
    <>
      {id} · enviado: {when}
    </>
  ),
  proposes: (marked, category, priority) => (
    <>
      {marked("El clasificador propone ")}
      {category} · {priority}
    </>
  ),
  proposesSame: (marked, category, priority) => (
    <>
      {marked("El clasificador propone ")}
      {category} · {priority}, tal como está
    </>
  ),
  withPercent: (word, percent) => (
    <>
      {word} ({percent})
    </>
  ),
  use: "Usarla",
  accept: "Aceptar",
  skip: "Omitir",
};
