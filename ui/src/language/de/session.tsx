import type { Work } from "../work";

export const session: Work["session"] = {
  signIn: "Anmelden",
  openAccess: (page) => (
    <>Der Zugang ist hier offen: Sie brauchen kein Konto. Weiter zur {page("Seite")}.</>
  ),
  lead: (submit) => (
    <>
      Für alle, die Tickets bearbeiten. Wenn Sie Hilfe brauchen, können Sie{" "}
      {submit("ein Ticket einreichen")}: Dafür ist kein Konto nötig.
    </>
  ),
  lost: "Kein Konto oder Passwort vergessen? Ein Admin kann Ihnen einen Link schicken.",
  again: "Erneut anmelden",
  over: "Ihre Sitzung ist abgelaufen. Nichts geht verloren: Ihre letzte Änderung wird gesendet, sobald Sie angemeldet sind.",
  notNow: "Jetzt nicht",
  enterBoth: "Geben Sie Ihre E-Mail-Adresse und Ihr Passwort ein.",
  enterCode: "Geben Sie den Code ein.",
  tooMany: (wait) =>
    `Zu viele Versuche. Bitte versuchen Sie es nach einer Wartezeit erneut (${wait}).`,
  left: (wait) => `noch ${wait}`,
  code: "Code",
  codeHint:
    "Sechs Ziffern aus Ihrer Authentifizierungs-App oder einer Ihrer Wiederherstellungscodes.",
  back: "Zurück",
  passwordRule: (least) =>
    `Mindestens ${least} Zeichen. Einige Wörter hintereinander lassen sich leicht merken.`,
  shortPassword: (least) => `Geben Sie mindestens ${least} Zeichen ein`,
};

export const welcome: Work["welcome"] = {
  linkOver: "Dieser Link gilt nicht mehr",
  linkOverWhy:
    "Er wurde bereits verwendet, ist nach drei Tagen abgelaufen oder wurde unvollständig kopiert.",
  askForNew: "Bitten Sie den Admin, der ihn geschickt hat, um einen neuen.",
  setUp: "Erstes Konto einrichten",
  setPassword: "Passwort festlegen",
  setUpLead: "Es ist das Konto eines Admins: Damit können alle anderen eingeladen werden.",
  setPasswordLead: "Danach sind Sie angemeldet. Dieser Link funktioniert nur einmal.",
  enterEmail: "Geben Sie Ihre E-Mail-Adresse ein",
  enterName: "Geben Sie Ihren Namen ein",
  yourName: "Ihr Name",
  nameHint: "So, wie ihn das Team sehen soll.",
  create: "Konto anlegen",
  setAndSignIn: "Passwort festlegen und anmelden",
};
