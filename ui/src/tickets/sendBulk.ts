import { api } from "../api/client";
import type { BulkResult, Ticket, TicketChange } from "../api/types";

/** Tickets that the server changes by one request at most. */
const MOST = 200;

/** One change of any number of tickets. What was done before a fault is among the results. */
export async function sendBulk(tickets: Ticket[], change: TicketChange): Promise<BulkResult[]> {
  const done: BulkResult[] = [];
  for (let from = 0; from < tickets.length; from += MOST) {
    const part = tickets.slice(from, from + MOST).map(({ id, version }) => ({ id, version }));
    try {
      done.push(...(await api.bulk(part, change)).results);
    } catch (error) {
      if (from === 0) throw error;
      const detail = (error as Error).message;
      return [...done, ...tickets.slice(from).map(({ id }) => ({ id, status: 0, detail }))];
    }
  }
  return done;
}
