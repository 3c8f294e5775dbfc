/** What a person does with their own account. */
import type { Account, Link, Scope, Session, Token } from "./accounts";
import { call, json } from "./client";

type Results<T> = { results: T[] };
type WithAccount = { account: Account };
const welcome = (secret: string) => `/api/links/${encodeURIComponent(secret)}/`;

export const own = {
  signIn: (body: { email: string; password: string; code?: string }) =>
    call<WithAccount>("POST", "/api/session/", json(body)),
  changePassword: (body: { current_password: string; new_password: string }) =>
    call<void>("PUT", "/api/session/password/", json(body)),
  beginTotp: () =>
    call<{ secret: string; url: string; qr_svg: string }>("POST", "/api/session/totp/", json({})),
  confirmTotp: (body: { secret: string; code: string; password: string }) =>
    call<{ recovery_codes: string[] }>("PUT", "/api/session/totp/", json(body)),
  removeTotp: (body: { password: string }) =>
    call<void>("DELETE", "/api/session/totp/", json(body)),
  sessions: () => call<Results<Session>>("GET", "/api/sessions/"),
  endSession: (id: number) => call<void>("DELETE", `/api/sessions/${id}/`),
  tokens: () => call<Results<Token>>("GET", "/api/tokens/"),
  createToken: (body: { name: string; scope: Scope; days: number }) =>
    call<Token & { token: string }>("POST", "/api/tokens/", json(body)),
  revokeToken: (id: number) => call<void>("DELETE", `/api/tokens/${id}/`),
  link: (secret: string) => call<Link>("GET", welcome(secret)),
  followLink: (secret: string, body: { password: string; email?: string; name?: string }) =>
    call<WithAccount>("POST", welcome(secret), json(body)),
};
