import type { Around } from "../markup";

/** What stands around the pages, and what stands in place of one. */
export const shell = {
  skip: "Skip to the content",
  pages: "Pages",
  submit: "Submit a ticket",
  tickets: "Tickets",
  triage: "Triage",
  dashboard: "Dashboard",
  accuracy: "Accuracy",
  admin: "Admin",
  notice: "Notice",
  openAccess: (rest: Around) => (
    <>Open access{rest(": everyone who reaches this server can see and change tickets.")}</>
  ),
  signIn: "Agent sign-in",
  shortcuts: "Shortcuts",
  commands: "Commands",
  settings: "Settings",
  signOut: "Sign out",
  stillSignedIn: (why: string) => `You are still signed in: ${why}`,
  allTickets: "All tickets",
  noPage: "There is no such page",
  noPageForGuests: (submit: Around) => (
    <>The address may have been mistyped or cut short. You can {submit("submit a ticket")}.</>
  ),
  noPageForAgents:
    "The address may have been mistyped or cut short. What you look for may be among the tickets.",
  lookFor: "Look for",
  searchTickets: "Search tickets",
  submitOrSee: (submit: Around, see: Around) => (
    <>
      {submit("Submit a ticket")} or see {see("all tickets")}.
    </>
  ),
  notForYou: "Not for your account",
  adminsOnly: "Only admins can see this page",
  askForRole: "Your account is an agent’s. Ask an admin to change its role if you need this page.",
  notSignedIn: "You are not signed in.",
  signInHere: "Sign in",
};
