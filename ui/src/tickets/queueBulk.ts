import { Problem } from "../api/client";
import type { Ticket, TicketChange } from "../api/types";
import { withChanges } from "./changes";
import type { Work } from "./useWork";

/** Makes one change of many tickets without a network: each waits in its line, and they leave together. */
export function queueBulk(
  { activity, changes }: Pick<Work, "activity" | "changes">,
  tickets: Ticket[],
  change: TicketChange,
) {
  const seen = tickets.map((ticket) => withChanges(ticket, changes.line(ticket.id)));
  activity.record(change, seen, "sending");
  for (const ticket of tickets) changes.change(ticket, change);
}

/** Whether there is no network, by the browser's word or by what became of a request. */
export const isCutOff = (error?: unknown) =>
  !navigator.onLine && (error === undefined || (error instanceof Problem && error.status === 0));
