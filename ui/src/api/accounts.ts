/** The wire's types of accounts and administration. */
import type { Category, Priority, Status, Ticket } from "./types";

export type Role = "agent" | "admin";

export type Account = {
  id: number;
  email: string;
  name: string;
  role: Role;
  is_active: boolean;
  has_password: boolean;
  has_totp: boolean;
  created_at: string;
  last_sign_in_at: string | null;
};

export type Session = {
  id: number;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  address: string;
  user_agent: string;
  is_current: boolean;
};

export type Scope = "read" | "write" | "admin";

export type Token = {
  id: number;
  name: string;
  hint: string;
  scope: Scope;
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
};

export type Link = { purpose: "password" | "setup"; email: string | null };

export type AuditEvent = {
  id: number;
  at: string;
  action: string;
  actor_id: number | null;
  actor: string;
  subject: string;
  address: string;
};

export type AuditPage = { next: string | null; results: AuditEvent[] };

export type Setting = {
  name: string;
  value: string;
  source: "default" | "environment" | "flag" | "file";
  is_secret: boolean;
};

export type System = {
  version: string;
  database: { backend: string; ok: boolean; migrations: { number: number; name: string }[] };
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
  settings: Setting[];
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
