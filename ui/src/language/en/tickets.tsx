import type { ReactNode } from "react";
import { number } from "../format";
import type { Around } from "../markup";
import { pluralsOf } from "../plural";

const plural = pluralsOf("en");

const count = (tickets: number) =>
  plural(tickets, { one: `${number(tickets)} ticket`, other: `${number(tickets)} tickets` });

/** The list. */
export const tickets = {
  heading: "Tickets",
  list: "List",
  loading: "Loading tickets",
  count,
  counted: (tickets: number, strong: Around) => (
    <>
      {strong(number(tickets))} {plural(tickets, { one: "ticket", other: "tickets" })}
    </>
  ),
  countedMany: (strong: Around) => <>{strong("Many")} tickets</>,
  counting: (strong: Around) => <>{strong("…")} tickets</>,
  activeFilters: "Active filters",
  triageThese: "Triage these",
  searchTickets: "Search tickets",
  all: "All",
  chosen: (values: number) => `${values} chosen`,
  several: "Several…",
  condition: (label: string, word: string) => `${label}: ${word}`,
  searchedFor: (text: string) => `Search: ${text}`,
  filedAfter: (day: string) => `Filed after ${day}`,
  filedBefore: (day: string) => `Filed before ${day}`,
  none: "There are no tickets yet.",
  submitFirst: "Submit the first one",
  allDone: "All done: nothing waits here.",
  noMatch: "No ticket matches",
  drop: (condition: string) => `Drop “${condition}”`,
  dropAll: "Drop all filters",
  pageTitle: (waiting: number) => (waiting > 0 ? `(${waiting}) Tickets` : "Tickets"),
  newOnes: (waiting: number) => `${number(waiting)} new · show`,
  selectSeveral: "Select several",
  doneSelecting: "Done selecting",
  select: (id: number) => `Select ticket ${id}`,
  statusOf: (id: number) => `Status of ticket ${id}`,
  leaves: "no longer matches",
  notChanged: (why: string) => `Not changed: ${why}`,
  otherChange: "Somebody else changed it too",
  notSaved: "Not saved",
  troubles: "Changes that were not saved",
  secondsAgo: (seconds: number) => `${seconds} s ago`,
};

/** One change of many tickets. */
export const bulk = {
  label: "Selected tickets",
  selected: (tickets: number) => `${count(tickets)} selected`,
  asItIs: "As it is",
  change: (tickets: number) => `Change ${count(tickets)}`,
  clear: "Clear selection",
  chooseFirst: "Choose what to change.",
  nothingChanged: (why: string) => `Nothing was changed: ${why}`,
  selectAll: (all: number) => `Select all ${number(all)}`,
  selecting: (reached: number, all: number) => `Selecting ${number(reached)} of ${number(all)}`,
  waits: (tickets: number) =>
    `${count(tickets)} ${plural(tickets, { one: "is", other: "are" })} changed as soon as there is a network.`,
  changedMeanwhile: "somebody changed it meanwhile",
  deleted: "it was deleted",
  noReason: "the server did not say why",
  changed: (changed: number, failed: number) =>
    failed > 0 ? `${count(changed)} changed, ${number(failed)} not.` : `${count(changed)} changed.`,
};

const field = {
  status: "the status",
  priority: "the priority",
  category: "the category",
  title: "the title",
  description: "the description",
};

/** One ticket. */
export const ticket = {
  label: (id: string) => `Ticket ${id}`,
  noSuch: "No such ticket",
  missing: "There is no such ticket",
  missingWhy: "It may have been mistyped. The number of a ticket stands in its row of the list.",
  dates: (id: number, filed: string, changed: string) =>
    `#${id} · filed ${filed} · changed ${changed}`,
  saving: "Saving…",
  saved: "Saved",
  notSaved: (why: string) => `Not saved: ${why}`,
  leave: "Leave it as it was",
  keepMine: "Keep mine",
  takeTheirs: "Take theirs",
  changedThis: (word: string, when: string) => `Somebody changed this to ${word} ${when}.`,
  changedFields: (changes: { field: keyof typeof field; word: string }[], when: string) => {
    const parts = changes.map((one) => `${field[one.field]} to ${one.word}`);
    return `Somebody changed ${parts.join(" and ")} ${when}.`;
  },
  history: "History",
  noHistory: "Nothing was recorded.",
  theRequester: "The requester",
  anAgent: "An agent",
  classifier: "Classifier",
  filedBy: (who: ReactNode, when: ReactNode) => (
    <>
      {who} filed it {when}
    </>
  ),
  changedBy: (who: ReactNode, when: ReactNode) => (
    <>
      {who} changed it {when}
    </>
  ),
  nothing: "nothing",
  rewritten: (label: string) => `${label}: rewritten`,
  became: (
    label: string,
    before: ReactNode,
    arrow: ReactNode,
    spoken: Around,
    after: ReactNode,
  ) => (
    <>
      {label}: {before}
      {arrow}
      {spoken(" is now ")}
      {after}
    </>
  ),
  delete: (id: number) => `Delete ticket ${id}`,
  deleteTitle: (id: number) => `Delete ticket ${id}?`,
  onlyAdmins: "Only admins delete tickets.",
  deleteWarning: (title: string) =>
    `“${title}” and its history are deleted for good, and the link of the person who filed it leads nowhere.`,
};
