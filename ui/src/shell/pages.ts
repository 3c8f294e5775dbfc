/** What the navigation offers, and to whom. */
export const pages = [
  { href: "/", label: "Submit a ticket", area: "/", who: "everybody" },
  { href: "/tickets", label: "Tickets", area: "/tickets", who: "agents" },
  { href: "/triage", label: "Triage", area: "/triage", who: "agents" },
  { href: "/stats", label: "Dashboard", area: "/stats", who: "agents" },
  { href: "/accuracy", label: "Accuracy", area: "/accuracy", who: "agents" },
  { href: "/admin/users", label: "Admin", area: "/admin", who: "admins" },
] as const;

/** Pages that a link leads to, for people without an account. */
export const isForGuests = (path: string) => /^\/(follow|welcome|login)(\/|$)/.test(path);

/** The page that a path belongs to; a ticket belongs to the list. */
export const areaOf = (path: string) => (/^\/tickets(\/|$)/.test(path) ? "/tickets" : path);
