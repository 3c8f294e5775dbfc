import { t } from "../language/text";
import { signInAgain } from "./signInAgain";
import type {
  About,
  BulkResults,
  CreateTicket,
  FiledTicket,
  FollowedTicket,
  ProblemBody,
  Stats,
  Suggestion,
  Ticket,
  TicketChange,
  TicketEventPage,
  TicketPage,
  TicketReference,
  Trends,
  UpdateTicket,
} from "./types";

/** What the server (or the way to it) answered instead of what was asked for. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors: Record<string, string[]> = {},
    readonly requestId?: string,
    /** Seconds to wait, where the server said so. */
    readonly retryAfter?: number,
    /** Names the kind of refusal, where one status has several. */
    readonly type = "about:blank",
  ) {
    super(message);
  }
}

export async function call<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
  for (;;) {
    let response: Response;
    try {
      response = await fetch(path, { method, ...init });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Problem(0, t.ui.unreachable);
    }
    if (response.status === 204) return undefined as T;
    if (response.ok) return (await response.json()) as T;
    const problem = await problemOf(response);
    const isOver = problem.status === 401 && !/:(credentials|second-factor)$/.test(problem.type);
    if (!isOver || !(await signInAgain.wait(method))) throw problem;
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const wait = Number(response.headers.get("retry-after"));
  const body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  return new Problem(
    response.status,
    known(response.status, body.type) ?? body.detail ?? t.ui.answered(response.status),
    (body.errors as Record<string, string[]> | undefined) ?? {},
    response.headers.get("x-request-id") ?? undefined,
    wait > 0 ? wait : undefined,
    body.type,
  );
}

/** Refusals whose meaning the kind or the status tells are said in the person's language. */
const known = (status: number, type = "") =>
  t.ui.refusals[type.split(":").at(-1) ?? ""] ?? t.ui.refusals[status];

export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  };
}

export const api = {
  about: () => call<About>("GET", "/api/about/"),
  stats: () => call<Stats>("GET", "/api/tickets/stats/"),
  trends: (from: string) => call<Trends>("GET", `/api/tickets/trends/?from=${from}`),
  ticket: (id: number) => call<Ticket>("GET", `/api/tickets/${id}/`),
  tickets: (query: string, signal?: AbortSignal) =>
    call<TicketPage>("GET", `/api/tickets/?${query}`, { signal }),
  create: (ticket: CreateTicket, key: string) =>
    call<FiledTicket>("POST", "/api/tickets/", json(ticket, { "idempotency-key": key })),
  update: (id: number, version: number, change: UpdateTicket) =>
    call<Ticket>("PATCH", `/api/tickets/${id}/`, json(change, { "if-match": `"${version}"` })),
  classify: (text: { title: string; description: string }, signal: AbortSignal) =>
    call<Suggestion>("POST", "/api/tickets/classify/", { ...json(text), signal }),
  history: (id: number, query: string) =>
    call<TicketEventPage>("GET", `/api/tickets/${id}/history/?${query}`),
  remove: (id: number, version: number) =>
    call<void>("DELETE", `/api/tickets/${id}/`, { headers: { "if-match": `"${version}"` } }),
  bulk: (tickets: TicketReference[], change: TicketChange) =>
    call<BulkResults>("POST", "/api/tickets/bulk/", json({ tickets, change })),
  follow: (secret: string) =>
    call<FollowedTicket>("GET", `/api/follow/${encodeURIComponent(secret)}/`),
};
