import { list, number } from "../format";
import type { First } from "../text";

export const submit: First["submit"] = {
  heading: "Enviar un ticket",
  headingWithError: "Error: Enviar un ticket",
  lead: "Cuéntenos qué ha pasado. Una persona lee cada solicitud.",
  restored: "Lo que escribió antes sigue aquí.",
  startAfresh: "Empezar de nuevo",
  send: "Enviar ticket",
  sending: "Enviando…",
  noTitle: "Escriba un título",
  longTitle: (most) => `El título tiene más de ${number(most)} caracteres`,
  noDescription: "Describa el problema",
  longDescription: (most) => `La descripción tiene más de ${number(most)} caracteres`,
  refused: (why) => `${why} No se ha perdido nada de lo que ha escrito.`,
  refusedForNow: (why, seconds) =>
    `${why} Puede volver a intentarlo en ${seconds} s. No se ha perdido nada de lo que ha escrito.`,
  suggested: "sugerida",
  yourChoice: "su elección",
  letUsDecide: "Decídanlo ustedes",
  chosenByYou: "elegida por usted",
  filed: (id) => `El ticket ${id} se ha enviado`,
  filedLead: (number, title) => (
    <>
      Lo leerá una persona. Su número es {number}: «{title}».
    </>
  ),
  keepLink: "Guarde este enlace: muestra cómo va su solicitud",
  understood: "Así lo hemos entendido",
  open: "Abrir el ticket",
  another: "Enviar otro",
  suggestion: "Sugerencia",
  updating: "actualizando…",
  why: "¿Por qué?",
  by: (source, model) =>
    `${capital(source)}, modelo ${model}, a partir del título y la descripción. No tiene en cuenta nada más.`,
  degraded: "Sustituye al modelo de lenguaje, que no responde.",
  wentBy: (phrases) => `Se ha basado en ${list(phrases.map((phrase) => `«${phrase}»`))}.`,
  personReads: "Una persona lee cada solicitud.",
  chooseWhereUnsure: "Donde haya dudas, elija usted o deje que decidamos nosotros.",
  changeBelow: "Puede cambiar ambas más abajo.",
  differs: { category: "categoría", priority: "prioridad" },
  youDiffer: (fields) => `Ha elegido otra cosa en ${list(fields)}; su elección se mantiene.`,
  takeSuggestion: "Usar la sugerencia",
  looks: (word) => `parece ${word.toLowerCase()}, compruébelo:`,
  unsure: "con dudas:",
  fillWith: (word) => `Usar ${word}`,
  maybe: (word) => `¿${word}?`,
  sureties: { quite: "muy probable", fairly: "bastante probable", unsure: "con dudas" },
  sure: (surety, percent) => `${surety}, ${percent}`,
  reading: "Leyendo lo que ha escrito…",
  noSuggestion:
    "Ahora no hay ninguna sugerencia. Elija usted; no se ha perdido nada de lo que ha escrito.",
  willSuggest: "Mientras escribe, aquí se sugieren una categoría y una prioridad.",
  saidNone: "Ahora no hay ninguna sugerencia. Elija usted.",
  saidUnsure: "La sugerencia no es segura. Elija usted.",
  said: ({ category, priority }) => {
    const found = [category && `categoría ${category}`, priority && `prioridad ${priority}`];
    const change = category && priority ? "Puede cambiar ambas." : "Puede cambiarla.";
    return `Sugerencia de la IA: ${found.filter(Boolean).join(", ")}. ${change}`;
  },
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
