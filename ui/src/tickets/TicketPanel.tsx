import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, Problem } from "../api/client";
import type { Category, Priority, Status, Ticket } from "../api/types";
import { Failure } from "../ui/Failure";
import { Options } from "../ui/Options";
import styles from "./TicketsPage.module.css";
import { refusal, useUpdate } from "./useUpdate";
import { categories, isMachine, priorities, sources, statuses } from "./words";

const time = (value: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(value),
  );

/** One ticket, drawn at once from its row where there is one. */
export function TicketPanel(props: { id: number; known?: Ticket; closeHref: string }) {
  const query = useQuery({
    queryKey: ["ticket", props.id],
    queryFn: () => api.ticket(props.id),
    placeholderData: props.known,
    refetchInterval: 15_000,
  });
  const ticket = query.data;
  const update = useUpdate(ticket);
  const missing = query.error instanceof Problem && query.error.status === 404;

  const choose = (
    label: "Status" | "Category" | "Priority",
    value: string,
    words: Record<string, string>,
    change: (word: string) => void,
    note?: { text: string; machine: boolean },
  ) => (
    <div>
      <label htmlFor={`ticket-${label}`}>{label}</label>
      <select
        id={`ticket-${label}`}
        value={value}
        onChange={(event) => change(event.target.value)}
        aria-describedby={note ? `ticket-${label}-note` : undefined}
      >
        <Options words={words} />
      </select>
      {note && (
        <small id={`ticket-${label}-note`} data-machine={note.machine || undefined}>
          {note.text}
        </small>
      )}
    </div>
  );

  return (
    <aside className={styles.panel} aria-label={`Ticket ${props.id}`}>
      <p className={styles.close}>
        <Link href={props.closeHref}>Close</Link>
      </p>
      {missing && <p>There is no ticket {props.id}.</p>}
      {query.isError && !missing && (
        <Failure error={query.error} retry={() => void query.refetch()} />
      )}
      {query.isPending && <p role="status">Loading…</p>}
      {ticket && (
        <>
          <h2 className={styles.heading}>{ticket.title}</h2>
          <p className={styles.meta}>
            #{ticket.id} · filed {time(ticket.created_at)} · changed {time(ticket.updated_at)}
          </p>
          <div className={styles.fields}>
            {choose("Status", ticket.status, statuses, (word) =>
              update.mutate({ status: word as Status }),
            )}
            {choose(
              "Category",
              ticket.category,
              categories,
              (word) => update.mutate({ category: word as Category }),
              { text: sources[ticket.category_source], machine: isMachine(ticket.category_source) },
            )}
            {choose(
              "Priority",
              ticket.priority,
              priorities,
              (word) => update.mutate({ priority: word as Priority }),
              { text: sources[ticket.priority_source], machine: isMachine(ticket.priority_source) },
            )}
          </div>
          <p role="status" className={styles.saved}>
            {update.isPending ? "Saving…" : update.isSuccess ? "Saved" : ""}
          </p>
          {update.isError && (
            <p role="alert" className="error">
              {refusal(update.error)}
            </p>
          )}
          <p className={styles.text}>{ticket.description}</p>
        </>
      )}
    </aside>
  );
}
