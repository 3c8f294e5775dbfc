/** The wire's types of accounts and administration. */
import type { components } from "./schema.gen";
import type { Category, Priority, Status, Ticket } from "./types";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Account = Schemas["Account"];
export type Session = Schemas["Session"];
export type Scope = Schemas["Scope"];
export type Token = Schemas["ApiToken"];
export type Link = Schemas["Link"];
export type AuditEvent = Schemas["AuditEvent"];
export type AuditPage = Schemas["AuditPage"];
export type Setting = Schemas["Setting"];

/** As the probes have it, which leave it open. */
export type System = Omit<Schemas["System"], "classifier"> & {
  classifier: {
    mode: string;
    source?: string;
    model?: string;
    breaker?: {
      state: string;
      failures: number;
      last_failure?: string;
      retry_in_seconds?: number;
    };
  };
};

export type CreatedTicket = Ticket & { follow_url?: string };

export type Followed = {
  id: number;
  title: string;
  status: Status;
  created_at: string;
  updated_at: string;
  history: { at: string; status: Status }[];
};

export type HistoryEvent = {
  id: number;
  at: string;
  version: number;
  kind: "created" | "changed";
  actor: { kind: "requester" | "agent" | "classifier"; name: string | null };
  changes: Record<string, { before: string | null; after: string | null }>;
};

export type HistoryPage = { count: number; next: string | null; results: HistoryEvent[] };

export type BulkChange = { status?: Status; category?: Category; priority?: Priority };

export type BulkResult = { id: number; status: number; ticket?: Ticket; detail?: string };
