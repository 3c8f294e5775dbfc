/** The pages that are not in the entry: the module that draws each page, and the paths it is drawn for. */
export const pages = [
  { name: "list", module: "src/tickets/TicketsPage.tsx", path: "^/tickets(/|$)" },
  { name: "triage", module: "src/triage/TriagePage.tsx", path: "^/triage/?$" },
  { name: "accuracy", module: "src/accuracy/AccuracyPage.tsx", path: "^/accuracy/?$" },
  { name: "dashboard", module: "src/stats/StatsPage.tsx", path: "^/stats/?$" },
];
