import type { Ticket } from "../api/types";

/**
 * "These tickets are now so": the one place that is told what the server has said of tickets, and tells
 * all who show them. Fed by looks at the list, by answers to changes, and by whatever may come.
 */
export class Feed {
  private listeners = new Set<(tickets: Ticket[]) => void>();

  subscribe = (listener: (tickets: Ticket[]) => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  tell = (tickets: Ticket[]) => {
    for (const listener of this.listeners) listener(tickets);
  };
}
