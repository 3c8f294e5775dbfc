import { list, number } from "../format";

/** The dashboard. */
export const stats = {
  heading: "Dashboard",
  pause: "Pause",
  resume: "Resume",
  updated: (when: string) => `Updated ${when}`,
  total: "Total tickets",
  open: "Open tickets",
  average: "Average per day",
  none: "There are no tickets yet.",
  most: (word: string, percent: string) => `Most tickets are ${word.toLowerCase()}: ${percent}.`,
  lead: (words: string[], percent: string) => `${list(words)} lead with ${percent} each.`,
  showNumbers: "Show the numbers",
  ticketsBy: (what: string) => `Tickets by ${what.toLowerCase()}`,
  tickets: "Tickets",
  share: "Share",
  perDay: "Tickets per day",
  days: "Days",
  quiet: (days: number) => `Nothing happened in ${number(days)} days.`,
  course: (created: number, resolved: number, behind: number, days: number) =>
    `${number(created)} created, ${number(resolved)} resolved; more were created than resolved on ${number(behind)} of ${number(days)} days.`,
  created: "Created",
  resolved: "Resolved",
  createdCount: (count: string) => `Created ${count}`,
  resolvedCount: (count: string) => `Resolved ${count}`,
  mostOnOneDay: (count: string) => `Most on one day: ${count}`,
  firstChange: "First change, median",
  resolution: "Resolution, median",
  kept: "Suggestions kept until resolved",
  byDay: "Tickets created and resolved on each day (UTC)",
  read: "Read tickets day by day",
  filedOn: (day: string) => `Tickets filed on ${day}`,
  ofDay: (day: string, created: string, resolved: string) =>
    `${day}: ${created} created, ${resolved} resolved`,
  day: "Day",
};
