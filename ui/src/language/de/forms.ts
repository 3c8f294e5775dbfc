import type { Work } from "../work";

export const forms: Work["forms"] = {
  cancel: "Abbrechen",
  close: "Schließen",
  save: "Speichern",
  saved: "Gespeichert",
  done: "Fertig",
  name: "Name",
  email: "E-Mail-Adresse",
  password: "Passwort",
  newPassword: "Neues Passwort",
  show: "Anzeigen",
  hide: "Verbergen",
  showField: (label) => `${label} anzeigen`,
  hideField: (label) => `${label} verbergen`,
  capsLock: "Die Feststelltaste ist aktiv.",
  remove: (what) => `${what} entfernen`,
  request: (id) => `Anfragekennung ${id}`,
  retryIn: (seconds) => `Sie können es in ${seconds} s erneut versuchen.`,
  showEarlier: "Frühere anzeigen",
  exportCsv: "Als CSV exportieren",
  singleKeys: "Kürzel mit nur einer Taste",
};
