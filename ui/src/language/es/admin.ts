import { number } from "../format";
import type { Work } from "../work";

export const admin: Work["admin"] = {
  label: "Administración",
  people: "Personas",
  audit: "Registro de auditoría",
  system: "Sistema",
  invite: "Invitar a alguien",
  inviteHint:
    "Los agentes trabajan con los tickets. Los administradores, además, gestionan a las personas y ven el registro de auditoría.",
  isInvited: (name) => `Se ha invitado a ${name}`,
  sendFirstLink: (name) =>
    `Envíe este enlace a ${name}. Sirve para establecer una contraseña una vez, en un plazo de tres días, y no se vuelve a mostrar.`,
  link: "Enlace",
  createLink: "Crear el enlace",
  enterEmail: "Escriba un correo electrónico",
  enterName: "Escriba un nombre",
  role: "Rol",
  state: "Situación",
  secondFactor: "Segundo factor",
  lastSignedIn: "Último inicio de sesión",
  never: "nunca",
  on: "Sí",
  off: "No",
  change: "Cambiar",
  changeName: (name) => `Cambiar ${name}`,
  deactivated: "Desactivada",
  invited: "Invitada",
  active: "Activa",
};

export const access: Work["access"] = {
  heading: "Acceso",
  sendLink: (name) =>
    `Envíe este enlace a ${name}. Sirve para establecer una contraseña nueva una vez, en un plazo de tres días.`,
  makeLink: "Crear un enlace para establecer una contraseña nueva",
  nowhere: (name) => `${name} no tiene ninguna sesión iniciada.`,
  signOut: (name) => `Cerrar las sesiones de ${name}`,
  signOutEverywhere: (name) => `Cerrar todas las sesiones de ${name}`,
  signOutTitle: (name) => `¿Cerrar todas las sesiones de ${name}?`,
  signOutWarning:
    "Todas las sesiones terminan de inmediato. Los tokens de API se quedan como están.",
  removeFactor: (name) => `Quitar el segundo factor de ${name}`,
  removeFactorTitle: (name) => `¿Quitar el segundo factor de ${name}?`,
  removeFactorWarning:
    "A partir de entonces basta con la contraseña. Hágalo solo si el teléfono se ha perdido de verdad.",
  noTokens: (name) => `${name} no tiene ninguno.`,
  leaving: "Baja",
  deactivate: (name) => `Desactivar a ${name}`,
  deactivateTitle: (name) => `¿Desactivar a ${name}?`,
  deactivateWarning:
    "Todas las sesiones y los tokens dejan de funcionar. Más adelante puede volver a activar la cuenta.",
  activate: (name) => `Activar a ${name}`,
  remove: (name) => `Eliminar a ${name}`,
  removeTitle: (name) => `¿Eliminar a ${name}?`,
  removeWarning: (email) =>
    `La cuenta de ${email} se elimina para siempre, con sus sesiones y sus tokens.`,
};

export const audit: Work["audit"] = {
  beginsWith: "Acción que empieza por",
  person: "Persona",
  everybody: "Todas",
  none: "No se ha registrado nada que coincida.",
  when: "Cuándo",
  who: "Quién",
  what: "Qué",
  onWhat: "Sobre qué",
  from: "Desde",
  nobody: "sin sesión iniciada",
};

export const system: Work["system"] = {
  version: (version) => `frontdesk ${version}`,
  inForce: "Ajustes en vigor",
  setting: "Ajuste",
  value: "Valor",
  setBy: "Establecido por",
  sources: {
    default: "valor predeterminado",
    environment: "entorno",
    flag: "línea de comandos",
    file: "archivo",
  },
  notSet: "sin establecer",
  secret: "establecido y secreto",
  classifier: "Clasificador",
  mode: "Modo",
  source: "Origen",
  model: "Modelo",
  breaker: "Cortacircuitos",
  breakers: {
    closed: "cerrado: se consulta al modelo",
    open: "abierto: no se consulta al modelo",
    half_open: "medio abierto: se hace un intento",
  },
  failures: "Fallos seguidos",
  lastFailure: "Último fallo",
  nextTry: "Próximo intento",
  inSeconds: (seconds) => `en ${number(seconds)} s`,
  database: "Base de datos",
  kind: "Tipo",
  answers: "responde",
  noAnswer: "no responde",
  migrations: "Migraciones",
  migrationCount: (count, last, name) => `${number(count)}, la última es ${last} ${name}`,
  noMigrations: "ninguna",
};
