import { number } from "../format";
import { pluralsOf } from "../plural";
import type { First } from "../text";

const plural = pluralsOf("es");

export const ui: First["ui"] = {
  loading: "Cargando…",
  tryAgain: "Reintentar",
  reload: "Recargar",
  copyDetails: "Copiar los detalles",
  notLoaded: "No se ha podido cargar esta página",
  notLoadedWhy:
    "Quizá se haya instalado una versión más reciente o se haya perdido la conexión. Lo que ha escrito se conserva.",
  failed: "Se ha producido un error en esta página",
  charactersLeft: (count) =>
    plural(count, {
      one: `queda ${number(count)} carácter`,
      other: `quedan ${number(count)} caracteres`,
    }),
  charactersOver: (count) =>
    plural(count, {
      one: `sobra ${number(count)} carácter`,
      other: `sobran ${number(count)} caracteres`,
    }),
  problem: "Hay un problema",
  copy: "Copiar",
  copied: "Copiado",
  selected: "El texto está seleccionado: pulse Ctrl+C para copiarlo.",
  theme: "Tema",
  themes: { system: "Tema del sistema", light: "Claro", dark: "Oscuro" },
  language: "Idioma",
  systemLanguage: (name) => `${name} (sistema)`,
  languageFailed: "No se ha podido cargar este idioma.",
  unreachable: "No se puede acceder al servidor. Compruebe su conexión e inténtelo de nuevo.",
  answered: (status) => `El servidor ha respondido con ${status}.`,
  refusals: {
    credentials: "El correo electrónico o la contraseña no son correctos.",
    "second-factor": "Este código no es válido o ya se ha usado.",
    stale: "Alguien lo ha cambiado entretanto.",
    429: "Demasiadas peticiones. Inténtelo de nuevo más tarde.",
    500: "Se ha producido un error en el servidor.",
    503: "El servidor no puede responder en este momento.",
  },
};
