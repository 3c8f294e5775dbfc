/** The wire's types of accounts and administration. */
import type { components } from "./schema.gen";

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
