import type { Ticket, TicketChange } from "../api/types";
import { t } from "../language/work";

/** One change that a person made, of one ticket or of many. */
export type Deed = {
  id: number;
  at: number;
  change: TicketChange;
  /** What of it each ticket had before. */
  tickets: { id: number; title: string; before: TicketChange }[];
  state: "sending" | "done" | "failed" | "undone";
};

/** Sends what undoes a deed; returns why each ticket that stayed as it is did so. */
export type Undoing = (parts: { now: Ticket; before: TicketChange }[]) => Promise<string[]>;

export type Notice = { id: number; deed: Deed; problem?: string };

/** Deeds that are remembered; more than anyone steps back. */
const MOST = 200;

/**
 * What was changed in this session, the newest first. A deed can be undone while it is the newest of its
 * tickets and none of them was changed by somebody else since; so several in turn can.
 */
export class Activity {
  private deeds: Deed[] = [];
  private now = new Map<number, Ticket>();
  private last: Notice | null = null;
  private count = 0;
  private listeners = new Set<() => void>();

  constructor(private send: Undoing) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  all = () => this.deeds;
  /** What is to be told of the last deed. */
  notice = () => this.last;

  /** Remembers a change, with the tickets as they were; one that changes nothing is none. */
  record(change: TicketChange, tickets: Ticket[], state: "sending" | "done") {
    const parts = tickets.flatMap((ticket) => {
      const before = beforeOf(change, ticket);
      return before ? [{ id: ticket.id, title: ticket.title, before }] : [];
    });
    if (parts.length === 0) return;
    for (const ticket of tickets) if (!this.now.has(ticket.id)) this.now.set(ticket.id, ticket);
    const deed: Deed = { id: ++this.count, at: Date.now(), change, tickets: parts, state };
    this.deeds = [deed, ...this.deeds].slice(0, MOST);
    this.tell({ id: ++this.count, deed });
  }

  /** Takes in what the server has said of tickets. */
  learn = (tickets: Ticket[]) => {
    const newer = tickets.filter(
      ({ id, version }) => (this.now.get(id)?.version ?? version) < version,
    );
    if (newer.length === 0) return;
    for (const ticket of newer) this.now.set(ticket.id, ticket);
    // what can be undone depends on it
    this.deeds = [...this.deeds];
    this.tell(this.last);
  };

  /** What became of a ticket's changes on their way; `null` where the person let go of them. */
  settle(ticket: number, state: "done" | "failed" | null) {
    const isOpen = (deed: Deed) =>
      (deed.state === "sending" || deed.state === "failed") &&
      deed.tickets.some(({ id }) => id === ticket);
    if (!this.deeds.some(isOpen)) return;
    this.deeds = this.deeds.flatMap((deed) =>
      isOpen(deed) ? (state ? [{ ...deed, state }] : []) : [deed],
    );
    this.tell(this.last);
  }

  /** Why a deed cannot be undone; null where it can. */
  obstacle({ id }: Pick<Deed, "id">): string | null {
    const place = this.deeds.findIndex((one) => one.id === id);
    const deed = this.deeds[place];
    if (!deed) return t.desk.wasNotSaved;
    if (deed.state === "undone") return t.desk.isUndone;
    if (deed.state === "failed") return t.desk.wasNotSaved;
    const later = this.deeds.slice(0, place);
    for (const { id } of deed.tickets) {
      const isCovered = later.some(
        (other) => other.state !== "undone" && other.tickets.some((one) => one.id === id),
      );
      if (isCovered) return t.desk.isCovered;
      const now = this.now.get(id);
      if (deed.state === "done" && now && !hasStill(now, deed.change)) {
        return t.desk.wasChanged;
      }
    }
    return null;
  }

  /** Undoes one deed, or the newest that is not undone yet. Returns whether there was one. */
  async undo(wanted?: Deed): Promise<boolean> {
    const isWanted = ({ id }: Deed) => id === wanted?.id;
    const deed = wanted
      ? this.deeds.find(isWanted)
      : this.deeds.find(({ state }) => state === "done" || state === "sending");
    if (!deed) return false;
    const { id } = deed;
    const problem = this.obstacle(deed);
    if (problem) {
      this.tell({ id: ++this.count, deed, problem: t.desk.notUndone(problem) });
      return true;
    }
    const undone: Deed = { ...deed, state: "undone" };
    this.deeds = this.deeds.map((one) => (one.id === id ? undone : one));
    this.tell({ id: ++this.count, deed: undone });
    const parts = deed.tickets.flatMap(({ id, before }) => {
      const now = this.now.get(id);
      return now ? [{ now, before }] : [];
    });
    const failed = await this.send(parts).catch((error: Error) => [error.message]);
    if (failed.length > 0) {
      this.tell({ id: ++this.count, deed: undone, problem: t.desk.notAllUndone(failed[0] ?? "") });
    }
    return true;
  }

  private tell(notice: Notice | null) {
    this.last = notice;
    for (const listener of this.listeners) listener();
  }
}

type Field = keyof TicketChange;

function beforeOf(change: TicketChange, ticket: Ticket): TicketChange | null {
  const fields = (Object.keys(change) as Field[]).filter((name) => change[name] !== ticket[name]);
  if (fields.length === 0) return null;
  return Object.fromEntries(fields.map((name) => [name, ticket[name]])) as TicketChange;
}

const hasStill = (now: Ticket, change: TicketChange) =>
  (Object.keys(change) as Field[]).every((name) => now[name] === change[name]);
