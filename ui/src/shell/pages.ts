/** What the navigation offers. */
export const pages = [
  { href: "/", label: "Submit a ticket" },
  { href: "/tickets", label: "Tickets" },
  { href: "/stats", label: "Dashboard" },
];

/** The page that a path belongs to; a ticket belongs to the list. */
export const areaOf = (path: string) => (/^\/tickets(\/|$)/.test(path) ? "/tickets" : path);
