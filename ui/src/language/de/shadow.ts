import { number } from "../format";
import { pluralsOf } from "../plural";
import type { Shadow } from "../shadow";

const plural = pluralsOf("de");
const tickets = (n: number) =>
  plural(n, { one: `${number(n)} Ticket`, other: `${number(n)} Tickets` });

const shadow: Shadow = {
  pair: (field, shadow, served) => `${field}: ${shadow} neben ${served}`,
  undecided: (all, differ) =>
    `Beide haben ${tickets(all)} beurteilt, ${number(differ)} davon verschieden; noch keines davon ist gelöst oder geschlossen.`,
  unclear: (all, points, low, high) =>
    `${tickets(all)}, von beiden beurteilt und erledigt, zeigen nicht, wer öfter richtig liegt (Unterschied in Punkten: ${points}; 95 %: ${low} bis ${high}).`,
  better: (all, name, points, low, high) =>
    `Bei von beiden beurteilten, erledigten Tickets (${number(all)}) lag ${name} im Schatten öfter richtig (Unterschied in Punkten: ${points}; 95 %: ${low} bis ${high}).`,
  worse: (all, name, points, low, high) =>
    `Bei von beiden beurteilten, erledigten Tickets (${number(all)}) lag ${name} im Schatten seltener richtig (Unterschied in Punkten: ${points}; 95 %: ${low} bis ${high}).`,
  served: (name) => `${name} (im Dienst) richtig`,
  shadow: (name) => `${name} (im Schatten) richtig`,
  differ: "Verschieden beurteilt",
  only: (name) => `Nur ${name} richtig`,
  meaning:
    "Verglichen werden nur Tickets, die beide beurteilt haben. Was gezeigt wurde, steht schon im Ticket, und wer zweifelt, lässt es stehen: Das begünstigt die Quelle im Dienst.",
  asked: "Fragen im Schatten",
  none: (name) =>
    `${name} wird zu jedem eingereichten Ticket im Stillen gefragt. Bisher kam keines.`,
  became: (name, all, answered) =>
    `${name} sollte zu ${tickets(all)} im Stillen gefragt werden und antwortete ${number(answered)}-mal.`,
  what: "Was daraus wurde",
  tickets: "Tickets",
  answered: "Beantwortet",
  waiting: "Warten gerade",
  reasons: {
    budget_spent: "Halbe Grenze erreicht",
    queue_full: "Zu viele warteten",
    shutdown: "Server beendet",
    deleted: "Ticket gelöscht",
    changed: "Ticket geändert",
    database: "Datenbank nicht erreichbar",
  },
};

export default shadow;
