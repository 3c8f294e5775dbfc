import { number } from "../format";
import { pluralsOf } from "../plural";

const plural = pluralsOf("en");
const tickets = (n: number) =>
  plural(n, { one: `${number(n)} ticket`, other: `${number(n)} tickets` });

/** A second source that is asked silently, beside the one that serves. */
export default {
  pair: (field: string, shadow: string, served: string) => `${field}: ${shadow} beside ${served}`,
  undecided: (all: number, differ: number) =>
    `Both judged ${tickets(all)} and differ on ${number(differ)}; none of these tickets is resolved or closed yet.`,
  unclear: (all: number, points: string, low: string, high: string) =>
    `${tickets(all)} that both judged and that are done do not tell which is right more often (difference in points: ${points}; 95 %: ${low} to ${high}).`,
  better: (all: number, name: string, points: string, low: string, high: string) =>
    `On ${tickets(all)} that both judged and that are done, ${name} in the shadow was right more often (difference in points: ${points}; 95 %: ${low} to ${high}).`,
  worse: (all: number, name: string, points: string, low: string, high: string) =>
    `On ${tickets(all)} that both judged and that are done, ${name} in the shadow was right less often (difference in points: ${points}; 95 %: ${low} to ${high}).`,
  served: (name: string) => `${name}, which serves, right`,
  shadow: (name: string) => `${name}, in the shadow, right`,
  differ: "They say different words",
  only: (name: string) => `Only ${name} right`,
  meaning:
    "Only tickets that both judged are compared. What people were shown stands on the ticket already, and who is in doubt leaves it: that favours the one that serves.",
  asked: "Questions in the shadow",
  none: (name: string) =>
    `${name} is asked silently about each ticket once it is filed. None has come yet.`,
  became: (name: string, all: number, answered: number) =>
    `${name} was to be asked silently about ${tickets(all)}, and answered on ${number(answered)}.`,
  what: "What became of it",
  tickets: "Tickets",
  answered: "Answered",
  waiting: "Waiting now",
  reasons: {
    budget_spent: "Its half of the bound reached",
    queue_full: "Too many waited",
    shutdown: "Server ended",
    deleted: "Ticket deleted",
    changed: "Ticket changed",
    database: "Database away",
  } as Record<string, string>,
};
