import { Problem } from "../api/client";
import type { BulkResult, Ticket, UpdateTicket } from "../api/types";
import { t } from "../language/work";
import { type Group, together } from "./together";

/** Where the changes of one ticket stand. */
export type Line = {
  /** The newest the server has told of it. */
  known: Ticket;
  sending: UpdateTicket | null;
  /** What was changed meanwhile: one change, however many there were. */
  waiting: UpdateTicket | null;
  conflict: Conflict | null;
  failure: { error: Error; mine: UpdateTicket } | null;
  saved: boolean;
};

export type Conflict = { theirs: Ticket; mine: UpdateTicket; clash: (keyof UpdateTicket)[] };

export type Server = {
  update: (id: number, version: number, change: UpdateTicket) => Promise<Ticket>;
  ticket: (id: number) => Promise<Ticket>;
  /** The same change of several tickets. */
  bulk: (tickets: Ticket[], change: UpdateTicket) => Promise<BulkResult[]>;
  /** Whether there is a network at all. */
  isOnline: () => boolean;
};

/** Somebody who changes a ticket faster than we read it is left to the person after so many tries. */
const TRIES = 3;

/**
 * The changes on their way to the server, one line for each ticket: the next leaves when the last is
 * answered, with the version that the answer brought, so that a person never collides with themselves.
 */
export class Changes {
  private lines = new Map<number, Line>();
  private listeners = new Set<() => void>();

  constructor(
    private server: Server,
    private told: {
      /** Takes what the server has said into the caches. */
      keep: (ticket: Ticket) => void;
      /** What became of all that was on its way; `null` where the person let go of it. */
      settled: (id: number, state: "done" | "failed" | null) => void;
    },
  ) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  line = (id: number | undefined) => (id === undefined ? undefined : this.lines.get(id));

  /** Those that need the person: the same array until something changes. */
  troubled = () => this.inTrouble;
  private inTrouble: Line[] = [];

  /** Tickets with changes that are not with the server yet; those that a person must decide apart. */
  count = () => this.onTheirWay;
  private onTheirWay = 0;

  /** Whether something is not with the server yet. */
  get busy() {
    return [...this.lines.values()].some((line) => line.sending || line.waiting || line.conflict);
  }

  change(seen: Ticket, change: UpdateTicket) {
    const line = this.lines.get(seen.id);
    const known = line && line.known.version > seen.version ? line.known : seen;
    if (line?.sending || line?.waiting) {
      this.set(known, { ...line, waiting: { ...line.waiting, ...change } });
    } else {
      // whoever chooses again in view of a conflict has decided it
      const base = line?.conflict ? newer(line.conflict.theirs, known) : known;
      void this.send(base, { ...line?.conflict?.mine, ...change });
    }
  }

  keepMine(id: number) {
    const conflict = this.lines.get(id)?.conflict;
    if (conflict) void this.send(conflict.theirs, conflict.mine);
  }

  takeTheirs(id: number) {
    const conflict = this.lines.get(id)?.conflict;
    if (!conflict) return;
    this.set(conflict.theirs, {});
    this.told.settled(id, null);
  }

  /** Lets go of what could not be saved. */
  drop(id: number) {
    const line = this.lines.get(id);
    if (!line?.failure) return;
    this.set(line.known, {});
    this.told.settled(id, null);
  }

  tryAgain(id: number) {
    const line = this.lines.get(id);
    if (line?.failure) void this.send(line.known, line.failure.mine);
  }

  /** Sends what waited for a network, one after the other in the order in which it began to wait. */
  async resume(): Promise<void> {
    // what is waited for may change while others are sent
    for (;;) {
      const [next] = together(this.lines.values());
      if (!next || !this.server.isOnline()) return;
      await this.sendWaiting(next);
    }
  }

  private async sendWaiting({ lines, change }: Group): Promise<void> {
    const [only, ...others] = lines;
    if (only && others.length === 0) {
      this.set(only.known, {});
      return this.send(only.known, change);
    }
    const bases = lines.map(({ known }) => known);
    for (const base of bases) this.set(base, { sending: change });
    let results: BulkResult[];
    try {
      results = await this.server.bulk(bases, change);
    } catch (error) {
      for (const base of bases) void this.refused(base, change, error as Error);
      return;
    }
    const byId = new Map(results.map((result) => [result.id, result]));
    for (const base of bases) {
      const { status = 500, ticket, detail } = byId.get(base.id) ?? {};
      const error = new Problem(status, detail ?? t.ui.answered(status));
      void (ticket ? this.arrived(ticket) : this.refused(base, change, error));
    }
  }

  private async send(base: Ticket, mine: UpdateTicket, tries = 1): Promise<void> {
    const { id } = base;
    if (!this.server.isOnline()) {
      return this.set(base, { waiting: { ...mine, ...this.lines.get(id)?.waiting } });
    }
    // what came in while an answer was awaited must not get lost by starting anew
    const waiting = this.lines.get(id)?.waiting ?? null;
    this.set(base, { sending: mine, waiting });
    let saved: Ticket;
    try {
      saved = await this.server.update(id, base.version, mine);
    } catch (error) {
      return this.refused(base, mine, error as Error, tries);
    }
    return this.arrived(saved);
  }

  private async refused(base: Ticket, mine: UpdateTicket, error: Error, tries = 1): Promise<void> {
    const all = { ...mine, ...this.lines.get(base.id)?.waiting };
    const isCutOff = error instanceof Problem && error.status === 0 && !this.server.isOnline();
    if (isCutOff) return this.set(base, { waiting: all });
    if (!(error instanceof Problem) || error.status !== 412 || tries > TRIES) {
      return this.fail(base, error, all);
    }
    return this.settle(base, tries);
  }

  private async arrived(saved: Ticket): Promise<void> {
    const { id } = saved;
    this.told.keep(saved);
    const next = this.lines.get(id)?.waiting;
    if (!next) {
      this.set(saved, { saved: true });
      return this.told.settled(id, "done");
    }
    this.set(saved, {});
    return this.send(saved, next);
  }

  /** After a refusal for the version: the same field was changed, or only a neighbour of it. */
  private async settle(base: Ticket, tries: number): Promise<void> {
    let theirs: Ticket;
    const mine = (): UpdateTicket => {
      const line = this.lines.get(base.id);
      return { ...line?.sending, ...line?.waiting };
    };
    try {
      theirs = await this.server.ticket(base.id);
    } catch (error) {
      return this.fail(base, error as Error, mine());
    }
    this.told.keep(theirs);
    const all = mine();
    const clash = (Object.keys(all) as (keyof UpdateTicket)[]).filter(
      (field) => theirs[field] !== base[field] && theirs[field] !== all[field],
    );
    if (clash.length > 0) {
      this.set(theirs, { conflict: { theirs, mine: all, clash } });
      return this.told.settled(base.id, "failed");
    }
    this.set(theirs, {});
    return this.send(theirs, all, tries + 1);
  }

  private fail(base: Ticket, error: Error, mine: UpdateTicket) {
    this.set(base, { failure: { error, mine } });
    this.told.settled(base.id, "failed");
  }

  private set(known: Ticket, line: Partial<Line>) {
    const none = { sending: null, waiting: null, conflict: null, failure: null, saved: false };
    this.lines.set(known.id, { ...none, ...line, known });
    const all = [...this.lines.values()];
    this.inTrouble = all.filter((one) => one.conflict || one.failure);
    this.onTheirWay = all.filter((one) => one.sending || one.waiting).length;
    for (const listener of this.listeners) listener();
  }
}

const newer = (one: Ticket, other: Ticket) => (one.version > other.version ? one : other);

/** The ticket as the person has made it, whatever of that the server knows already. */
export function withChanges(ticket: Ticket, line: Line | undefined): Ticket {
  if (!line) return ticket;
  const mine: UpdateTicket = { ...line.sending, ...line.waiting, ...line.conflict?.mine };
  return {
    ...newer(line.known, ticket),
    ...(mine as Partial<Ticket>),
    ...(mine.category && { category_source: "agent" }),
    ...(mine.priority && { priority_source: "agent" }),
  };
}
