import { number } from "../format";
import type { Work } from "../work";

export const settings: Work["settings"] = {
  heading: "Einstellungen",
  who: (name, email, role) => `${name} · ${email} · ${role}`,
  browser: "Dieser Browser",
  browserAbout: "Hier gespeichert und für alle gleich, die diesen Browser benutzen.",
  rows: "Zeilen der Liste",
  densities: { comfortable: "Bequem", compact: "Kompakt" },
  passwordAbout: "Eine Änderung beendet Ihre Sitzungen in allen anderen Browsern.",
  currentPassword: "Aktuelles Passwort",
  enterCurrent: "Geben Sie Ihr aktuelles Passwort ein",
  changePassword: "Passwort ändern",
  passwordChanged: "Ihr Passwort ist geändert.",
};

export const secondFactor: Work["secondFactor"] = {
  heading: "Zweiter Faktor",
  isOn: "Ein: Bei der Anmeldung wird auch ein Code aus Ihrer Authentifizierungs-App verlangt.",
  isOff: "Aus. Mit ihm genügt ein Passwort allein nicht, um sich in Ihrem Namen anzumelden.",
  setUp: "Zweiten Faktor einrichten",
  remove: "Zweiten Faktor entfernen",
  removeTitle: "Zweiten Faktor entfernen?",
  removeWarning: "Danach genügt Ihr Passwort allein, um sich in Ihrem Namen anzumelden.",
  scan: "Scannen Sie dies mit einer Authentifizierungs-App, oder geben Sie das Geheimnis dort ein.",
  qr: "QR-Code des Geheimnisses, das darunter steht",
  secret: "Geheimnis",
  codeHint: "Die sechs Ziffern, die die App gerade anzeigt.",
  enterCode: "Geben Sie den Code ein, den die App anzeigt",
  enterPassword: "Geben Sie Ihr Passwort ein",
  turnOn: "Einschalten",
  codes: "Wiederherstellungscodes",
  yourCodes: "Ihre Wiederherstellungscodes",
  codesAbout:
    "Mit jedem von ihnen können Sie sich einmal anmelden, wenn Sie Ihr Telefon verlieren. Bewahren Sie sie nicht beim Telefon auf: Sie werden nicht noch einmal angezeigt.",
  copyRefused: "Dieser Browser lässt das Kopieren nicht zu: Markieren Sie die Codes von Hand.",
  print: "Drucken",
  kept: "Ich habe sie aufbewahrt",
};

export const sessions: Work["sessions"] = {
  heading: "Sitzungen",
  about: "Wo Sie angemeldet sind. Beenden Sie, was nicht von Ihnen stammt.",
  thisOne: "diese",
  facts: (address, seen, since) => `von ${address} · zuletzt ${seen} · seit ${since}`,
  browserOn: (browser, system) => `${browser} auf ${system}`,
  unknownBrowser: "Unbekannter Browser",
  end: "Beenden",
  endOf: (browser, seen) => `Sitzung von ${browser} beenden, zuletzt gesehen ${seen}`,
  endTitle: (browser) => `Sitzung von ${browser} beenden?`,
  endThis: "Diese Sitzung beenden",
  endWarning: (address, seen) =>
    `Sie kommt von ${address} und war zuletzt aktiv: ${seen}. Wer sie benutzt, muss sich neu anmelden.`,
};

export const tokens: Work["tokens"] = {
  heading: "API-Token",
  about: (code) => (
    <>Für Programme, die in Ihrem Namen arbeiten: {code("Authorization: Bearer")} und das Token.</>
  ),
  fresh: (name) =>
    `Kopieren Sie das Token „${name}“ jetzt. Es wird nicht noch einmal angezeigt; wer es hat, kann in Ihrem Namen arbeiten.`,
  token: (name) => `Token ${name}`,
  kept: "Ich habe es aufbewahrt",
  none: "Es gibt keine Token.",
  scopes: {
    read: "Tickets lesen",
    write: "Tickets lesen und ändern",
    admin: "Alles, was ein Admin darf",
  },
  ranOut: (when) => `abgelaufen ${when}`,
  until: (when) => `gültig bis ${when}`,
  used: (when) => `benutzt ${when}`,
  neverUsed: "nie benutzt",
  facts: (scope, until, used) => `${scope} · ${until} · ${used}`,
  revoke: "Widerrufen",
  revokeName: (name) => `${name} widerrufen`,
  revokeTitle: (name) => `Token „${name}“ widerrufen?`,
  revokeWarning: "Was es benutzt, wird danach abgewiesen. Das lässt sich nicht rückgängig machen.",
  enterName: "Nennen Sie, was es benutzen wird",
  daysRange: (most) => `Von 1 bis ${number(most)} Tagen`,
  may: "Berechtigung",
  days: "Tage",
  create: "Token anlegen",
};

export const keys: Work["keys"] = {
  heading: "Tasten",
  about:
    "Für jeden Befehl eine Taste oder zwei nacheinander. Wie das Obige in diesem Browser gespeichert.",
  keyFor: (label) => `Taste für „${label}“`,
  invalid: "Geben Sie eine Taste ein oder zwei, die nacheinander gedrückt werden.",
  taken: (key, label) =>
    `„${key}“ ist die Taste für „${label}“ oder deren Anfang. Ändern Sie zuerst diese.`,
  was: (key) => `vorher ${key}`,
  reset: "Alle Tasten zurücksetzen",
  isReset: "Alle Tasten sind wie zuvor.",
};
