/** The pages that are not in the entry: the module that draws each page, and the paths it is drawn for. */
export const pages = [
  { name: "list", module: "src/tickets/TicketsPage.tsx", path: "^/tickets(/|$)" },
  { name: "triage", module: "src/triage/TriagePage.tsx", path: "^/triage/?$" },
  { name: "accuracy", module: "src/accuracy/AccuracyPage.tsx", path: "^/accuracy/?$" },
  { name: "dashboard", module: "src/stats/StatsPage.tsx", path: "^/stats/?$" },
];

/** The languages whose text is in files of their own; the entry carries the English. */
export const languages = ["de", "es"];
