import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { Link, useLocation } from "wouter";
import { api, Problem } from "../api/client";
import type { Category, Priority, Status, Ticket } from "../api/types";
import { takesKeys, useCommands } from "../commands/useCommands";
import { moment } from "../language/format";
import { t } from "../language/work";
import { useSession } from "../session/useSession";
import { Failure } from "../ui/Failure";
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

  usePageTitle(missing ? t.ticket.missing : ticket ? `#${id} ${ticket.title}` : t.ticket.label(id));
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
      aria-label={missing ? t.ticket.noSuch : t.ticket.label(id)}
    >
      <Link href={props.closeHref} className={styles.close}>
        {t.forms.close}
      </Link>
      {missing && (
        <>
          <h2>{t.ticket.missing}</h2>
          <p>{t.ticket.missingWhy}</p>
        </>
      )}
      {query.isError && !missing && (
        <Failure error={query.error} retry={() => void query.refetch()} />
      )}
      {waits && <p role="status">{t.ui.loading}</p>}
      {ticket && !missing && (
        <>
          <h2 className={styles.heading}>
            <bdi>{ticket.title}</bdi>
          </h2>
          <p className={styles.meta}>
            {t.ticket.dates(ticket.id, moment(ticket.created_at), moment(ticket.updated_at))}
          </p>
          <div className={styles.fields}>
            <FieldSelect
              name="Status"
              label={t.words.status}
              value={ticket.status}
              words={t.words.statuses}
              change={(word) => change({ status: word as Status })}
            />
            <FieldSelect
              name="Category"
              label={t.words.category}
              value={ticket.category}
              words={t.words.categories}
              change={(word) => change({ category: word as Category })}
              source={ticket.category_source}
            />
            <FieldSelect
              name="Priority"
              label={t.words.priority}
              value={ticket.priority}
              words={t.words.priorities}
              change={(word) => change({ priority: word as Priority })}
              source={ticket.priority_source}
            />
          </div>
          <ChangeState line={line} {...decide} />
          <p className={styles.text} dir="auto">
            {ticket.description}
          </p>
          <History id={ticket.id} version={ticket.version} />
          {account && (
            <DeleteTicket ticket={ticket} isAllowed={isAdmin} gone={() => go(props.closeHref)} />
          )}
        </>
      )}
    </aside>
  );
}
