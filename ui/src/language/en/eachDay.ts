import { number } from "../format";
import { pluralsOf } from "../plural";

const plural = pluralsOf("en");
const counted = (n: number, one: string) =>
  plural(n, { one: `${number(n)} ${one}`, other: `${number(n)} ${one}s` });

/** What language models were asked, and how it failed, day by day. */
export default {
  title: "Calls and failures by day",
  calls: (n: number) => counted(n, "call"),
  fine: (calls: number, days: number) =>
    `${counted(calls, "call")} in ${counted(days, "day")}, without a failure.`,
  asked: (calls: number) => `${counted(calls, "call")}, without a failure.`,
  failed: (calls: number, failures: number, day: string, most: number) =>
    `${counted(calls, "call")}, ${counted(failures, "failure")}; most on ${day} (${number(most)}).`,
  opened: (times: number) =>
    `Models were left alone ${counted(times, "time")} after failures in a row.`,
  leftAlone: "Times left alone",
  openedOn: (times: number) => `left alone ${counted(times, "time")}`,
  reader: "Read calls and failures day by day",
};
