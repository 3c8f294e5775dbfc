import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Work } from "../work";

const plural = pluralsOf("es");

const counted = (n: number, one: string, many = `${one}s`) =>
  plural(n, { one: `${number(n)} ${one}`, other: `${number(n)} ${many}` });
const times = (n: number) => counted(n, "vez", "veces");

export const accuracy: Work["accuracy"] = {
  title: "Aciertos",
  notCounted: "sin contar",
  notCountedYet: "Sin contar.",
  lead: "Con qué frecuencia lo sugerido es lo que los agentes dejan en el ticket.",
  cut: "Solo se cuentan las 20.000 sugerencias más recientes: el periodo contiene más.",
  off: "Las sugerencias están desactivadas en este servidor. Un administrador puede activarlas (FRONTDESK_CLASSIFIER).",
  fill: "Una sugerencia se guarda cuando se envía un ticket. Cuenta como acertada o errónea cuando el ticket se resuelve o se cierra.",
  undecided:
    "Todavía no se ha resuelto ni cerrado ningún ticket con una sugerencia de este modelo, así que aún no hay aciertos ni errores.",
  resolveSome: "Tickets por resolver",
  longer: "Ver un año entero",
  nothingYet: (days) => `No se ha guardado ninguna sugerencia en ${days} días`,
  sources: {
    gemini: "Gemini",
    anthropic: "Claude",
    openai: "Modelo de lenguaje",
    local: "Clasificador integrado",
  },
  range: (low, high) => `${low} a ${high}`,
  withInterval: (share, interval) => `${share} (95 %: ${interval})`,
  withSample: (share, right, all, interval) => `${share} (${right} de ${all}; ${interval})`,
  models: {
    title: "Modelos",
    model: "Modelo",
    suggestions: "Sugerencias",
    right: (field) => `${field} acertada`,
    below: (name) => `Lo que sigue se refiere a ${name}.`,
    prompt: (version) => `instrucciones ${version}`,
    shadow: "en la sombra",
    learning: (refits) => `aprende, ${counted(refits, "ajuste")}`,
  },
  shares: {
    title: (field) => `${field}: con qué frecuencia acierta`,
    accuracy: "Acertada al final",
    accepted: "Elegida por el solicitante",
    what: "Medida",
    counted: "Contadas",
    share: "Proporción",
    interval: "Intervalo del 95 %",
    none: "aún no se ha contado nada",
    agents: (n) =>
      `${n} de los valores finales los estableció un agente; los demás se quedaron como estaban.`,
    meaning:
      "Acertada al final: de los tickets resueltos o cerrados, los que terminaron con el valor sugerido. Elegida: de las sugerencias que vio un solicitante, las que mantuvo. Quien deja una sugerencia tal como está la mantiene, así que esta cifra es optimista.",
    noneDecided: "Todavía no se ha resuelto ni cerrado ningún ticket con una sugerencia.",
    few: (right, all, share, interval) =>
      `Acierta en ${number(right)} de ${counted(all, "ticket")} (${share}): son tan pocos que podría ser igualmente ${interval}.`,
    many: (right, all, share, interval) =>
      `Acierta en ${number(right)} de ${counted(all, "ticket")} (${share}); con un 95 % de certeza, ${interval}.`,
  },
  matrix: {
    title: (field) => `${field}: valor final según lo sugerido`,
    corner: "Al final",
    column: (word) => `Sugerida: ${word}`,
    suggested: "Sugerida",
    open: (word) => `Tickets resueltos y cerrados: ${word}`,
    doors:
      "Un valor de la izquierda abre los tickets resueltos y cerrados que terminaron así, con o sin sugerencia.",
    word: "Valor",
    ended: "Terminaron así",
    found: "De ellos, sugeridos",
    said: "Sugeridos así",
    kept: "De ellos, acertados",
    noMistake: (all) => `No se confundió nada en ${counted(all, "ticket")}.`,
    mistakes: (wrong, all, said, ended, often) =>
      `${plural(wrong, { one: `${number(wrong)} confusión`, other: `${number(wrong)} confusiones` })} en ${counted(all, "ticket")}; lo más frecuente fue sugerir «${said}» donde lo correcto era «${ended}» (${times(often)}).`,
  },
  calibration: {
    title: (field) => `${field}: ¿se cumple la confianza indicada?`,
    reader: (field) => `Leer la confianza por tramos: ${field.toLowerCase()}`,
    says: "Indicada",
    right: "Acierta",
    bin: "Confianza",
    suggestions: "Sugerencias",
    mean: "Indicada",
    key: "Los puntos sobre la línea cumplen lo que prometen; las barras son los intervalos del 95 %.",
    none: "Todavía no se ha decidido ninguna sugerencia con confianza.",
    few: (says, right, all, interval) =>
      `Cuando indica ${says}, acierta ${right} (${counted(all, "sugerencia")}: tan pocas que podría ser igualmente ${interval}).`,
    many: (says, right, all, points) =>
      `Cuando indica ${says}, acierta ${right} (${counted(all, "sugerencia")}); en conjunto, lo indicado y lo real difieren en ${counted(points, "punto")}.`,
    empty: (range) => `${range}: ninguna sugerencia`,
    full: (says, right, hits, all, interval) =>
      `Indica ${says}, acierta ${right} (${hits} de ${all}; 95 %: ${interval})`,
  },
  latency: {
    title: "Cuánto tarda",
    percentile: "Percentil",
    time: "Tiempo",
    names: { p50: "La mitad en", p95: "95 % en", p99: "99 % en" },
    says: (half, most) =>
      `La mitad de quienes preguntaron esperó como mucho ${half}; 99 de cada 100, como mucho ${most}.`,
  },
  failures: {
    title: "Fallos",
    source: "Origen",
    kind: "Tipo",
    times: "Veces",
    names: {
      misconfigured: "Mal configurado",
      rate_limited: "Demasiadas peticiones",
      unavailable: "No disponible",
      timed_out: "Demasiado lento",
      bad_answer: "Sin respuesta utilizable",
      refused: "Se negó a responder",
      circuit_open: "En pausa tras fallos",
      busy: "Demasiado a la vez",
      budget_spent: "Límite de uso alcanzado",
      off: "Desactivado",
    },
    none: (since) => `Ninguno desde: ${since}.`,
    some: (all, since, kind, source, times) =>
      `${counted(all, "fallo")} desde: ${since}; lo más frecuente, «${kind}» (${source}, ${times}).`,
  },
  use: {
    title: "Llamadas, tokens y coste",
    none: "No se cuentan las llamadas, los tokens ni el coste.",
    cut: "Solo se leen los 20.000 recuentos más recientes: el periodo contiene más.",
    day: "Día",
    names: {
      calls: "Llamadas",
      tokensIn: "Tokens de entrada",
      tokensOut: "Tokens de salida",
      cost: "Coste estimado",
      cacheHits: "De la memoria",
    },
    byDay: (name) => `${name} por día`,
    reader: (name) => `Leer día a día: ${name.toLowerCase()}`,
    calls: (n) => counted(n, "llamada"),
    tokensIn: (n) => `${n} tokens de entrada`,
    tokensOut: (n) => `${n} tokens de salida`,
    cost: (dollars) => `unos ${dollars}`,
    fromMemory: (n) => `${counted(n, "respuesta")} de la memoria`,
    fromMemoryShare: (n, share) => `${counted(n, "respuesta")} de la memoria (${share})`,
  },
  breaker: {
    title: "En pausa tras fallos",
    noModel: "Aquí no se consulta ningún modelo de lenguaje.",
    none: "No ha hecho falta poner en pausa ningún modelo.",
    when: "Cuándo",
    lastFailure: "Último fallo",
    state: "Desde entonces",
    states: { closed: "se consulta", open: "en pausa", half_open: "un intento" },
    reader: "Leer cuándo estuvo en pausa el modelo de lenguaje",
    lasts: (n, from) =>
      `El modelo de lenguaje estuvo en pausa ${times(n)}; lo está desde: ${from}.`,
    past: (n, to) => `El modelo de lenguaje estuvo en pausa ${times(n)}; la última, hasta: ${to}.`,
  },
  learning: {
    title: "Aprendizaje",
    status: {
      learning:
        "Activado: se aprende de los tickets que terminan los agentes, y las sugerencias lo usan.",
      waiting: "Activado, pero todavía hay muy pocas correcciones para sugerir a partir de ellas.",
      worse: "Activado, pero lo aprendido es peor que el modelo incluido, así que no se usa.",
      off: "Desactivado: no se aprende nada; lo aprendido se conserva, pero no se usa.",
      disabled: "Desactivado por el ajuste FRONTDESK_LEARNING.",
      unused: "Aquí nunca responde el clasificador integrado, así que no se aprende nada.",
    },
    corrections: "Correcciones guardadas",
    atMost: (now, most) => `${now} de ${most} como máximo`,
    refitted: "Último aprendizaje",
    shipped: (field) => `${field}, modelo incluido`,
    learnt: (field) => `${field}, aprendido`,
    meaning:
      "Aciertos en los últimos cien tickets que terminaron los agentes; cada uno se predijo antes de aprender de él.",
    switchOn: "Activar el aprendizaje",
    switchOff: "Desactivar el aprendizaje",
    forget: "Olvidarlo todo…",
    onlyAdmins: "Solo los administradores activan el aprendizaje y borran lo aprendido.",
    forgetTitle: "¿Olvidar todo lo aprendido?",
    forgetText:
      "Todas las correcciones se eliminan para siempre y las sugerencias vuelven al modelo incluido. Los tickets se quedan como están.",
    forgetNow: "Olvidarlo todo",
    forgotten: "Se ha olvidado todo.",
  },
};
