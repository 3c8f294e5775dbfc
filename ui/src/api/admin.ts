/** What admins do. */
import type { Account, AuditPage, Role, Session, System, Token } from "./accounts";
import { call, json } from "./client";

type Results<T> = { results: T[] };

export const admin = {
  accounts: () => call<Results<Account>>("GET", "/api/accounts/"),
  invite: (body: { email: string; name: string; role: Role }) =>
    call<{ account: Account; link: string }>("POST", "/api/accounts/", json(body)),
  change: (id: number, body: { name?: string; role?: Role; is_active?: boolean }) =>
    call<{ account: Account }>("PATCH", `/api/accounts/${id}/`, json(body)),
  remove: (id: number) => call<void>("DELETE", `/api/accounts/${id}/`),
  link: (id: number) => call<{ link: string }>("POST", `/api/accounts/${id}/link/`, json({})),
  removeTotp: (id: number) => call<void>("DELETE", `/api/accounts/${id}/totp/`),
  sessions: (id: number) => call<Results<Session>>("GET", `/api/accounts/${id}/sessions/`),
  endSessions: (id: number) => call<void>("DELETE", `/api/accounts/${id}/sessions/`),
  tokens: (id: number) => call<Results<Token>>("GET", `/api/accounts/${id}/tokens/`),
  revokeToken: (id: number, token: number) =>
    call<void>("DELETE", `/api/accounts/${id}/tokens/${token}/`),
  audit: (query: string) => call<AuditPage>("GET", `/api/audit/?${query}`),
  system: () => call<System>("GET", "/api/system/"),
};
