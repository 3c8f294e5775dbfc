import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Shadow } from "../shadow";

const plural = pluralsOf("es");
const tickets = (n: number) =>
  plural(n, { one: `${number(n)} ticket`, other: `${number(n)} tickets` });

const shadow: Shadow = {
  pair: (field, shadow, served) => `${field}: ${shadow} junto a ${served}`,
  undecided: (all, differ) =>
    `Ambos han juzgado ${tickets(all)} y difieren en ${number(differ)}; aún no hay ninguno resuelto ni cerrado.`,
  unclear: (all, points, low, high) =>
    `${tickets(all)} con el juicio de ambos y ya terminados no dicen cuál acierta más (diferencia en puntos: ${points}; 95 %: de ${low} a ${high}).`,
  better: (all, name, points, low, high) =>
    `En ${tickets(all)} con el juicio de ambos y ya terminados, ${name} en la sombra acertó más (diferencia en puntos: ${points}; 95 %: de ${low} a ${high}).`,
  worse: (all, name, points, low, high) =>
    `En ${tickets(all)} con el juicio de ambos y ya terminados, ${name} en la sombra acertó menos (diferencia en puntos: ${points}; 95 %: de ${low} a ${high}).`,
  served: (name) => `Acierta ${name} (en servicio)`,
  shadow: (name) => `Acierta ${name} (en la sombra)`,
  differ: "Dicen cosas distintas",
  only: (name) => `Solo acierta ${name}`,
  meaning:
    "Solo se comparan los tickets que ambos han juzgado. Lo que se mostró ya consta en el ticket, y quien duda lo deja: eso favorece al que está en servicio.",
  asked: "Consultas en la sombra",
  none: (name) =>
    `Se consulta en silencio a ${name} sobre cada ticket una vez enviado. Aún no ha llegado ninguno.`,
  became: (name, all, answered) =>
    `Se iba a consultar en silencio a ${name} sobre ${tickets(all)}; respondió a ${number(answered)}.`,
  what: "Qué fue de ellas",
  tickets: "Tickets",
  answered: "Con respuesta",
  waiting: "En espera ahora",
  reasons: {
    budget_spent: "Mitad del límite alcanzada",
    queue_full: "Demasiados en espera",
    shutdown: "Servidor detenido",
    deleted: "Ticket eliminado",
    changed: "Ticket modificado",
    database: "Base de datos sin respuesta",
  },
};

export default shadow;
