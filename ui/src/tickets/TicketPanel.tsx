import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { Link, useLocation } from "wouter";
import { api, Problem } from "../api/client";
import type { Category, Priority, Status, Ticket } from "../api/types";
import { takesKeys, useCommands } from "../commands/useCommands";
import { useSession } from "../session/useSession";
import { Failure } from "../ui/Failure";
import { moment } from "../ui/moment";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { ChangeState } from "./ChangeState";
import { DeleteTicket } from "./DeleteTicket";
import { EVERY } from "./every";
import { FieldSelect } from "./FieldSelect";
import { History } from "./History";
import styles from "./TicketPanel.module.css";
import { useChanges } from "./useChanges";
import { useTold } from "./useWork";
import { categories, priorities, statuses } from "./words";

/** One ticket, drawn at once from its row where there is one. */
export function TicketPanel(props: {
  id: string;
  known?: Ticket;
  closeHref: string;
  /** Opened by the person rather than by the page's address: the focus goes here. */
  takesFocus: boolean;
}) {
  const { id, takesFocus } = props;
  const [, go] = useLocation();
  const { account, isAdmin } = useSession();
  const panel = useRef<HTMLElement>(null);
  const isNumber = /^\d{1,15}$/.test(id);
  const query = useQuery({
    queryKey: ["ticket", Number(id)],
    queryFn: () => api.ticket(Number(id)),
    placeholderData: props.known,
    refetchInterval: EVERY,
    enabled: isNumber,
  });
  const told = useMemo(() => (query.data ? [query.data] : undefined), [query.data]);
  useTold(told);
  const { ticket, line, change, ...decide } = useChanges(query.data);
  const missing = !isNumber || (query.error instanceof Problem && query.error.status === 404);
  const waits = useLate(query.isPending && isNumber);

  usePageTitle(
    missing ? "There is no such ticket" : ticket ? `#${id} ${ticket.title}` : `Ticket ${id}`,
  );
  useCommands({ back: () => go(props.closeHref) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: on opening only
  useEffect(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: true });
  }, []);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className={styles.panel}
      {...takesKeys}
      aria-label={missing ? "No such ticket" : `Ticket ${id}`}
    >
      <Link href={props.closeHref} className={styles.close}>
        Close
      </Link>
      {missing && (
        <>
          <h2>There is no such ticket</h2>
          <p>It may have been mistyped. The number of a ticket stands in its row of the list.</p>
        </>
      )}
      {query.isError && !missing && (
        <Failure error={query.error} retry={() => void query.refetch()} />
      )}
      {waits && <p role="status">Loading…</p>}
      {ticket && !missing && (
        <>
          <h2 className={styles.heading}>{ticket.title}</h2>
          <p className={styles.meta}>
            #{ticket.id} · filed {moment(ticket.created_at)} · changed {moment(ticket.updated_at)}
          </p>
          <div className={styles.fields}>
            <FieldSelect
              label="Status"
              value={ticket.status}
              words={statuses}
              change={(word) => change({ status: word as Status })}
            />
            <FieldSelect
              label="Category"
              value={ticket.category}
              words={categories}
              change={(word) => change({ category: word as Category })}
              source={ticket.category_source}
            />
            <FieldSelect
              label="Priority"
              value={ticket.priority}
              words={priorities}
              change={(word) => change({ priority: word as Priority })}
              source={ticket.priority_source}
            />
          </div>
          <ChangeState line={line} {...decide} />
          <p className={styles.text}>{ticket.description}</p>
          <History id={ticket.id} version={ticket.version} />
          {account && (
            <DeleteTicket ticket={ticket} isAllowed={isAdmin} gone={() => go(props.closeHref)} />
          )}
        </>
      )}
    </aside>
  );
}
