/** What the navigation offers, and to whom. */
export const pages = [
  { href: "/", name: "submit", area: "/", who: "everybody" },
  { href: "/tickets", name: "tickets", area: "/tickets", who: "agents" },
  { href: "/triage", name: "triage", area: "/triage", who: "agents" },
  { href: "/stats", name: "dashboard", area: "/stats", who: "agents" },
  { href: "/accuracy", name: "accuracy", area: "/accuracy", who: "agents" },
  { href: "/admin/users", name: "admin", area: "/admin", who: "admins" },
] as const;

/** Pages that a link leads to, for people without an account. */
export const isForGuests = (path: string) => /^\/(follow|welcome|login)(\/|$)/.test(path);

/** The page that a path belongs to; a ticket belongs to the list. */
export const areaOf = (path: string) => (/^\/tickets(\/|$)/.test(path) ? "/tickets" : path);
