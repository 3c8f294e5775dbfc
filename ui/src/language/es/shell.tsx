import type { First } from "../text";

export const shell: First["shell"] = {
  skip: "Saltar al contenido",
  pages: "Páginas",
  submit: "Enviar un ticket",
  tickets: "Tickets",
  triage: "Triaje",
  dashboard: "Panel",
  accuracy: "Aciertos",
  admin: "Administración",
  notice: "Aviso",
  openAccess: (rest) => (
    <>
      Acceso abierto
      {rest(": quien llegue a este servidor puede ver y modificar los tickets.")}
    </>
  ),
  signIn: "Acceso para agentes",
  shortcuts: "Atajos",
  commands: "Comandos",
  settings: "Ajustes",
  signOut: "Cerrar sesión",
  stillSignedIn: (why) => `Su sesión sigue abierta: ${why}`,
  allTickets: "Todos los tickets",
  noPage: "Esta página no existe",
  noPageForGuests: (submit) => (
    <>
      Puede que la dirección tenga un error o esté incompleta. Puede {submit("enviar un ticket")}.
    </>
  ),
  noPageForAgents:
    "Puede que la dirección tenga un error o esté incompleta. Quizá lo que busca esté entre los tickets.",
  lookFor: "Buscar",
  searchTickets: "Buscar tickets",
  submitOrSee: (submit, see) => (
    <>
      {submit("Enviar un ticket")} o ver {see("todos los tickets")}.
    </>
  ),
  notForYou: "No disponible para su cuenta",
  adminsOnly: "Solo los administradores pueden ver esta página",
  askForRole:
    "Su cuenta es de agente. Si necesita esta página, pida a un administrador que cambie su rol.",
  notSignedIn: "No ha iniciado sesión.",
  signInHere: "Iniciar sesión",
};
