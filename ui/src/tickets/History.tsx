import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, Problem } from "../api/client";
import type { TicketEvent } from "../api/types";
import { moment } from "../language/format";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import { Late } from "../ui/Late";
import { Star } from "../ui/Star";
import styles from "./History.module.css";
import { changesOf } from "./told";

const PAGE = "limit=10";

/** Who changed what, and when; the newest first. */
export function History({ id, version }: { id: number; version: number }) {
  const query = useInfiniteQuery({
    queryKey: ["history", id],
    queryFn: ({ pageParam }) => api.history(id, pageParam),
    initialPageParam: PAGE,
    getNextPageParam: (page) => page.next?.split("?")[1],
  });
  const { refetch } = query;
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current !== version) void refetch();
    shown.current = version;
  }, [version, refetch]);
  const events = query.data?.pages.flatMap((page) => page.results) ?? [];
  // it was deleted meanwhile: the panel says so
  if (query.error instanceof Problem && query.error.status === 404) return null;
  return (
    <section className={styles.history} aria-labelledby="history">
      <h3 id="history">{t.ticket.history}</h3>
      {query.isPending && <Late />}
      {query.isError && <Failure error={query.error} retry={() => void refetch()} />}
      {query.data && events.length === 0 && <p>{t.ticket.noHistory}</p>}
      {events.length > 0 && (
        <ol>
          {events.map((event) => (
            <Event key={event.id} event={event} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <button
          type="button"
          aria-busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t.forms.showEarlier}
        </button>
      )}
    </section>
  );
}

function Event({ event }: { event: TicketEvent }) {
  const { kind, name } = event.actor;
  const names = {
    requester: t.ticket.theRequester,
    agent: name ?? t.ticket.anAgent,
    classifier: t.ticket.classifier,
  };
  const who = (
    <strong data-machine={kind === "classifier" || undefined}>
      {kind === "classifier" && <Star />} {names[kind]}
    </strong>
  );
  const when = <time dateTime={event.at}>{moment(event.at)}</time>;
  return (
    <li>
      <p>
        {event.kind === "created" ? t.ticket.filedBy(who, when) : t.ticket.changedBy(who, when)}
      </p>
      {event.kind === "changed" && (
        <ul>
          {changesOf(event.changes).map(({ label, before, after }) => (
            <li key={label}>
              {after === null
                ? t.ticket.rewritten(label)
                : t.ticket.became(
                    label,
                    <del>{before}</del>,
                    <span aria-hidden="true" className={styles.arrow} />,
                    (text) => <span className="unseen">{text}</span>,
                    <ins>{after}</ins>,
                  )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
