import { number } from "../format";
import type { Work } from "../work";

export const admin: Work["admin"] = {
  label: "Verwaltung",
  people: "Personen",
  audit: "Prüfprotokoll",
  system: "System",
  invite: "Person einladen",
  inviteHint:
    "Der Support bearbeitet Tickets. Admins verwalten außerdem Personen und sehen das Prüfprotokoll.",
  isInvited: (name) => `${name} ist eingeladen`,
  sendFirstLink: (name) =>
    `Schicken Sie diesen Link an ${name}. Damit wird einmal, binnen drei Tagen, ein Passwort festgelegt. Der Link wird nicht noch einmal angezeigt.`,
  link: "Link",
  createLink: "Link erstellen",
  enterEmail: "Geben Sie eine E-Mail-Adresse ein",
  enterName: "Geben Sie einen Namen ein",
  role: "Rolle",
  state: "Zustand",
  secondFactor: "Zweiter Faktor",
  lastSignedIn: "Letzte Anmeldung",
  never: "nie",
  on: "Ein",
  off: "Aus",
  change: "Ändern",
  changeName: (name) => `${name} ändern`,
  deactivated: "Deaktiviert",
  invited: "Eingeladen",
  active: "Aktiv",
};

export const access: Work["access"] = {
  heading: "Zugang",
  sendLink: (name) =>
    `Schicken Sie diesen Link an ${name}. Damit wird einmal, binnen drei Tagen, ein neues Passwort festgelegt.`,
  makeLink: "Link für ein neues Passwort erstellen",
  nowhere: (name) => `${name} ist nirgends angemeldet.`,
  signOut: (name) => `${name} abmelden`,
  signOutEverywhere: (name) => `${name} überall abmelden`,
  signOutTitle: (name) => `${name} überall abmelden?`,
  signOutWarning: "Alle Sitzungen enden sofort. API-Token bleiben, wie sie sind.",
  removeFactor: (name) => `Zweiten Faktor von ${name} entfernen`,
  removeFactorTitle: (name) => `Zweiten Faktor von ${name} entfernen?`,
  removeFactorWarning:
    "Danach genügt das Passwort allein. Tun Sie das nur, wenn das Telefon wirklich verloren ist.",
  noTokens: (name) => `${name} hat keine.`,
  leaving: "Ausscheiden",
  deactivate: (name) => `${name} deaktivieren`,
  deactivateTitle: (name) => `${name} deaktivieren?`,
  deactivateWarning:
    "Alle Sitzungen und Token werden ungültig. Sie können das Konto später wieder aktivieren.",
  activate: (name) => `${name} aktivieren`,
  remove: (name) => `${name} entfernen`,
  removeTitle: (name) => `${name} entfernen?`,
  removeWarning: (email) =>
    `Das Konto von ${email} wird mit seinen Sitzungen und Token endgültig gelöscht.`,
};

export const audit: Work["audit"] = {
  beginsWith: "Was beginnt mit",
  person: "Person",
  everybody: "Alle",
  none: "Es wurde nichts Passendes aufgezeichnet.",
  when: "Wann",
  who: "Wer",
  what: "Was",
  onWhat: "Woran",
  from: "Von",
  nobody: "nicht angemeldet",
};

export const system: Work["system"] = {
  version: (version) => `frontdesk ${version}`,
  inForce: "Geltende Einstellungen",
  setting: "Einstellung",
  value: "Wert",
  setBy: "Gesetzt durch",
  sources: {
    default: "Vorgabe",
    environment: "Umgebung",
    flag: "Kommandozeile",
    file: "Datei",
  },
  notSet: "nicht gesetzt",
  secret: "gesetzt und geheim",
  classifier: "Klassifikator",
  mode: "Betriebsart",
  source: "Quelle",
  model: "Modell",
  breaker: "Sicherung",
  breakers: {
    closed: "geschlossen: Das Modell wird gefragt",
    open: "offen: Das Modell wird in Ruhe gelassen",
    half_open: "halb offen: Ein Versuch wird gemacht",
  },
  failures: "Fehler in Folge",
  lastFailure: "Letzter Fehler",
  nextTry: "Nächster Versuch",
  inSeconds: (seconds) => `in ${number(seconds)} s`,
  database: "Datenbank",
  kind: "Art",
  answers: "antwortet",
  noAnswer: "antwortet nicht",
  migrations: "Migrationen",
  migrationCount: (count, last, name) => `${number(count)}, die letzte ist ${last} ${name}`,
  noMigrations: "keine",
};
