import type { First } from "../text";

export const shell: First["shell"] = {
  skip: "Zum Inhalt springen",
  pages: "Seiten",
  submit: "Ticket einreichen",
  tickets: "Tickets",
  triage: "Sichtung",
  dashboard: "Übersicht",
  accuracy: "Trefferquote",
  admin: "Verwaltung",
  notice: "Hinweis",
  openAccess: (rest) => (
    <>
      Offener Zugang
      {rest(": Wer diesen Server erreicht, kann alle Tickets sehen und ändern.")}
    </>
  ),
  signIn: "Anmeldung für den Support",
  shortcuts: "Tastenkürzel",
  commands: "Befehle",
  settings: "Einstellungen",
  signOut: "Abmelden",
  stillSignedIn: (why) => `Sie sind noch angemeldet: ${why}`,
  allTickets: "Alle Tickets",
  noPage: "Diese Seite gibt es nicht",
  noPageForGuests: (submit) => (
    <>
      Die Adresse enthält vielleicht einen Tippfehler oder ist unvollständig. Sie können{" "}
      {submit("ein Ticket einreichen")}.
    </>
  ),
  noPageForAgents:
    "Die Adresse enthält vielleicht einen Tippfehler oder ist unvollständig. Möglicherweise finden Sie das Gesuchte unter den Tickets.",
  lookFor: "Suchbegriff",
  searchTickets: "Tickets durchsuchen",
  submitOrSee: (submit, see) => (
    <>
      {submit("Ticket einreichen")} oder {see("alle Tickets")} ansehen.
    </>
  ),
  notForYou: "Für Ihr Konto nicht zugänglich",
  adminsOnly: "Diese Seite ist nur für Admins",
  askForRole:
    "Ihr Konto hat die Rolle Support. Wenn Sie diese Seite brauchen, bitten Sie einen Admin, die Rolle zu ändern.",
  notSignedIn: "Sie sind nicht angemeldet.",
  signInHere: "Anmelden",
};
