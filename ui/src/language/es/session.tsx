import type { Work } from "../work";

export const session: Work["session"] = {
  signIn: "Iniciar sesión",
  openAccess: (page) => (
    <>Aquí el acceso es abierto: no necesita ninguna cuenta. Continúe a {page("la página")}.</>
  ),
  lead: (submit) => (
    <>
      Para quienes responden a los tickets. Si necesita ayuda, puede {submit("enviar un ticket")}:
      para eso no hace falta ninguna cuenta.
    </>
  ),
  lost: "¿No tiene cuenta o ha perdido la contraseña? Un administrador puede enviarle un enlace.",
  again: "Vuelva a iniciar sesión",
  over: "Su sesión ha terminado. No se ha perdido nada: lo último que hizo se enviará cuando vuelva a iniciar sesión.",
  notNow: "Ahora no",
  enterBoth: "Escriba su correo electrónico y su contraseña.",
  enterCode: "Escriba el código.",
  tooMany: (wait) => `Demasiados intentos. Espere ${wait} y vuelva a intentarlo.`,
  left: (wait) => `quedan ${wait}`,
  code: "Código",
  codeHint: "Seis cifras de su aplicación de autenticación o uno de sus códigos de recuperación.",
  back: "Atrás",
  passwordRule: (least) =>
    `Al menos ${least} caracteres. Unas cuantas palabras seguidas son fáciles de recordar.`,
  shortPassword: (least) => `Escriba al menos ${least} caracteres`,
};

export const welcome: Work["welcome"] = {
  linkOver: "Este enlace ya no es válido",
  linkOverWhy: "Ya se ha usado, ha caducado a los tres días o se copió incompleto.",
  askForNew: "Pida uno nuevo al administrador que se lo envió.",
  setUp: "Configurar la primera cuenta",
  setPassword: "Establecer la contraseña",
  setUpLead: "Es de administrador: puede invitar a todas las demás personas.",
  setPasswordLead: "Después, su sesión quedará iniciada. Este enlace funciona una sola vez.",
  enterEmail: "Escriba su correo electrónico",
  enterName: "Escriba su nombre",
  yourName: "Su nombre",
  nameHint: "Tal como lo verán sus compañeros.",
  create: "Crear la cuenta",
  setAndSignIn: "Establecer la contraseña e iniciar sesión",
};
