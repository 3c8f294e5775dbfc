import type { Work } from "../work";

export const forms: Work["forms"] = {
  cancel: "Cancelar",
  close: "Cerrar",
  save: "Guardar",
  saved: "Guardado",
  done: "Listo",
  name: "Nombre",
  email: "Correo electrónico",
  password: "Contraseña",
  newPassword: "Contraseña nueva",
  show: "Mostrar",
  hide: "Ocultar",
  showField: (label) => `Mostrar ${label.toLowerCase()}`,
  hideField: (label) => `Ocultar ${label.toLowerCase()}`,
  capsLock: "El bloqueo de mayúsculas está activado.",
  remove: (what) => `Quitar ${what}`,
  request: (id) => `Petición ${id}`,
  retryIn: (seconds) => `Puede volver a intentarlo en ${seconds} s.`,
  showEarlier: "Mostrar anteriores",
  exportCsv: "Exportar como CSV",
  singleKeys: "Atajos de una sola tecla",
};
