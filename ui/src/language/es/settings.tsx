import { number } from "../format";
import type { Work } from "../work";

export const settings: Work["settings"] = {
  heading: "Ajustes",
  who: (name, email, role) => `${name} · ${email} · ${role}`,
  browser: "Este navegador",
  browserAbout: "Se guarda aquí y es igual para todos los que usan este navegador.",
  rows: "Filas de la lista",
  densities: { comfortable: "Amplias", compact: "Compactas" },
  passwordAbout: "Al cambiarla se cierran sus sesiones en todos los demás navegadores.",
  currentPassword: "Contraseña actual",
  enterCurrent: "Escriba su contraseña actual",
  changePassword: "Cambiar la contraseña",
  passwordChanged: "Su contraseña se ha cambiado.",
};

export const secondFactor: Work["secondFactor"] = {
  heading: "Segundo factor",
  isOn: "Activado: al iniciar sesión también se pide un código de su aplicación de autenticación.",
  isOff: "Desactivado. Con él, una contraseña sola no basta para iniciar sesión en su nombre.",
  setUp: "Configurar un segundo factor",
  remove: "Quitar el segundo factor",
  removeTitle: "¿Quitar el segundo factor?",
  removeWarning: "A partir de entonces, su contraseña sola basta para iniciar sesión en su nombre.",
  scan: "Escanee esto con una aplicación de autenticación o escriba en ella el secreto.",
  qr: "Código QR del secreto que figura debajo",
  secret: "Secreto",
  codeHint: "Las seis cifras que muestra ahora la aplicación.",
  enterCode: "Escriba el código que muestra la aplicación",
  enterPassword: "Escriba su contraseña",
  turnOn: "Activarlo",
  codes: "Códigos de recuperación",
  yourCodes: "Sus códigos de recuperación",
  codesAbout:
    "Cada uno le permite iniciar sesión una vez si pierde el teléfono. Guárdelos lejos del teléfono: no se vuelven a mostrar.",
  copyRefused: "Este navegador no permite copiar: selecciónelos a mano.",
  print: "Imprimir",
  kept: "Los he guardado",
};

export const sessions: Work["sessions"] = {
  heading: "Sesiones",
  about: "Dónde tiene la sesión iniciada. Cierre las que no sean suyas.",
  thisOne: "esta",
  facts: (address, seen, since) => `desde ${address} · vista: ${seen} · inicio: ${since}`,
  browserOn: (browser, system) => `${browser} en ${system}`,
  unknownBrowser: "Un navegador desconocido",
  end: "Cerrar",
  endOf: (browser, seen) => `Cerrar la sesión de ${browser}, vista por última vez: ${seen}`,
  endTitle: (browser) => `¿Cerrar la sesión de ${browser}?`,
  endThis: "Cerrar esta sesión",
  endWarning: (address, seen) =>
    `Viene de ${address} y se vio por última vez: ${seen}. Quien la use tendrá que volver a iniciar sesión.`,
};

export const tokens: Work["tokens"] = {
  heading: "Tokens de API",
  about: (code) => (
    <>Para programas que trabajan en su nombre: {code("Authorization: Bearer")} y el token.</>
  ),
  fresh: (name) =>
    `Copie ahora el token «${name}». No se vuelve a mostrar; quien lo tenga puede trabajar en su nombre.`,
  token: (name) => `Token ${name}`,
  kept: "Lo he guardado",
  none: "No hay tokens.",
  scopes: {
    read: "Leer tickets",
    write: "Leer y cambiar tickets",
    admin: "Todo lo que puede un administrador",
  },
  ranOut: (when) => `caducó: ${when}`,
  until: (when) => `válido hasta: ${when}`,
  used: (when) => `usado: ${when}`,
  neverUsed: "nunca usado",
  facts: (scope, until, used) => `${scope} · ${until} · ${used}`,
  revoke: "Revocar",
  revokeName: (name) => `Revocar ${name}`,
  revokeTitle: (name) => `¿Revocar el token «${name}»?`,
  revokeWarning: "Desde entonces se rechaza a quien lo use. No se puede deshacer.",
  enterName: "Indique qué va a usarlo",
  daysRange: (most) => `De 1 a ${number(most)} días`,
  may: "Permiso",
  days: "Días",
  create: "Crear token",
};

export const keys: Work["keys"] = {
  heading: "Teclas",
  about:
    "Una tecla, o dos que se pulsan seguidas, para cada comando. Se guardan en este navegador, como lo de arriba.",
  keyFor: (label) => `Tecla para «${label}»`,
  invalid: "Escriba una tecla, o dos que se pulsan seguidas.",
  taken: (key, label) => `«${key}» es la tecla para «${label}», o su comienzo. Cambie primero esa.`,
  was: (key) => `antes ${key}`,
  reset: "Restablecer todas las teclas",
  isReset: "Todas las teclas están como al principio.",
};
