import type { Work } from "../work";

export const follow: Work["follow"] = {
  missing: "Este enlace no lleva a ninguna solicitud",
  missingWhy: (submit) => (
    <>
      Puede que se copiara incompleto o que la solicitud se haya eliminado. Puede{" "}
      {submit("enviar un ticket nuevo")}.
    </>
  ),
  request: "Su solicitud",
  numbered: (id) => `Su solicitud ${id}`,
  soFar: "Lo ocurrido hasta ahora",
  note: "Esta página busca novedades cada minuto. Quien tenga su dirección puede verla, así que no la comparta.",
  now: {
    open: "La hemos recibido. Alguien la revisará pronto.",
    in_progress: "Alguien está trabajando en ella.",
    resolved: "Está resuelta.",
    closed: "Está cerrada: no se hará nada más.",
  },
  received: "Hemos recibido su solicitud",
  steps: {
    open: "Se ha vuelto a abrir",
    in_progress: "Hemos empezado a trabajar en ella",
    resolved: "Se ha resuelto",
    closed: "Se ha cerrado",
  },
};
