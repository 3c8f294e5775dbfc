/** The module that draws each page, and the paths it is drawn for. */
export const pages = [
  { name: "form", module: "src/submit/SubmitPage.tsx", path: "^/$" },
  { name: "list", module: "src/tickets/TicketsPage.tsx", path: "^/tickets(/|$)" },
  { name: "dashboard", module: "src/stats/StatsPage.tsx", path: "^/stats/?$" },
];
