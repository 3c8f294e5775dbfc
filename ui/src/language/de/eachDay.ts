import type { EachDay } from "../eachDay";
import { number } from "../format";
import { pluralsOf } from "../plural";

const plural = pluralsOf("de");
const counted = (n: number, one: string, many: string) =>
  plural(n, { one: `${number(n)} ${one}`, other: `${number(n)} ${many}` });
const calls = (n: number) => counted(n, "Aufruf", "Aufrufe");

const eachDay: EachDay = {
  title: "Aufrufe und Fehler nach Tagen",
  calls,
  fine: (all, days) => `${calls(all)} an ${counted(days, "Tag", "Tagen")}, ohne Fehler.`,
  asked: (all) => `${calls(all)}, ohne Fehler.`,
  failed: (all, failures, day, most) =>
    `${calls(all)}, ${counted(failures, "Fehler", "Fehler")}; die meisten am ${day} (${number(most)}).`,
  opened: (times) =>
    `Nach mehreren Fehlern in Folge wurden Modelle ${number(times)}-mal in Ruhe gelassen.`,
  leftAlone: "Wie oft in Ruhe gelassen",
  openedOn: (times) => `${number(times)}-mal in Ruhe gelassen`,
  reader: "Aufrufe und Fehler Tag für Tag lesen",
};

export default eachDay;
