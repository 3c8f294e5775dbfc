import type { EachDay } from "../eachDay";
import { number } from "../format";
import { pluralsOf } from "../plural";

const plural = pluralsOf("es");
const counted = (n: number, one: string, many = `${one}s`) =>
  plural(n, { one: `${number(n)} ${one}`, other: `${number(n)} ${many}` });
const calls = (n: number) => counted(n, "llamada");

const eachDay: EachDay = {
  title: "Llamadas y fallos por día",
  calls,
  fine: (all, days) => `${calls(all)} en ${counted(days, "día")}, sin fallos.`,
  asked: (all) => `${calls(all)}, sin fallos.`,
  failed: (all, failures, day, most) =>
    `${calls(all)}, ${counted(failures, "fallo")}; la mayoría el ${day} (${number(most)}).`,
  opened: (times) =>
    `Tras varios fallos seguidos los modelos quedaron en pausa ${counted(times, "vez", "veces")}.`,
  leftAlone: "Pausas",
  openedOn: (times) => counted(times, "pausa"),
  reader: "Leer llamadas y fallos día a día",
};

export default eachDay;
