import { number } from "../format";
import type { First } from "../text";

export const ui: First["ui"] = {
  loading: "Wird geladen …",
  tryAgain: "Erneut versuchen",
  reload: "Neu laden",
  copyDetails: "Einzelheiten kopieren",
  notLoaded: "Diese Seite konnte nicht geladen werden",
  notLoadedWhy:
    "Vielleicht wurde eine neuere Version installiert, oder die Verbindung ist unterbrochen. Was Sie geschrieben haben, bleibt erhalten.",
  failed: "Auf dieser Seite ist ein Fehler aufgetreten",
  charactersLeft: (count) => `noch ${number(count)} Zeichen`,
  charactersOver: (count) => `${number(count)} Zeichen zu viel`,
  problem: "Es gibt ein Problem",
  copy: "Kopieren",
  copied: "Kopiert",
  selected: "Der Text ist markiert: Kopieren Sie ihn mit Strg+C.",
  theme: "Farbschema",
  themes: { system: "Farben des Systems", light: "Hell", dark: "Dunkel" },
  language: "Sprache",
  systemLanguage: (name) => `${name} (System)`,
  languageFailed: "Diese Sprache konnte nicht geladen werden.",
  unreachable:
    "Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
  answered: (status) => `Der Server hat mit ${status} geantwortet.`,
  refusals: {
    credentials: "Die E-Mail-Adresse oder das Passwort ist falsch.",
    "second-factor": "Dieser Code gilt nicht oder wurde schon benutzt.",
    stale: "Jemand hat es inzwischen geändert.",
    429: "Zu viele Anfragen. Bitte versuchen Sie es später erneut.",
    500: "Auf dem Server ist ein Fehler aufgetreten.",
    503: "Der Server kann gerade nicht antworten.",
  },
};
