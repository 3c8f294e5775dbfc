import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { api } from "../api/client";
import type { Ticket } from "../api/types";
import { Failure } from "../ui/Failure";
import { Filters } from "./Filters";
import { StatusSelect } from "./StatusSelect";
import { TicketPanel } from "./TicketPanel";
import styles from "./TicketsPage.module.css";
import { ago, categories, priorities } from "./words";

/** The list: every filter and the place in it stand in the URL. */
export default function TicketsPage({ id }: { id?: string }) {
  const search = useSearch();
  const [, go] = useLocation();
  const [message, setMessage] = useState("");
  const page = useQuery({
    queryKey: ["tickets", search],
    queryFn: ({ signal }) => api.tickets(search, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
  const data = page.data;
  const suffix = search ? `?${search}` : "";

  useEffect(() => {
    if (data?.count != null) setMessage(`${data.count} tickets`);
  }, [data?.count]);

  const turn = (url: string | null | undefined) => {
    if (url) go(`/tickets?${url.split("?")[1] ?? ""}`);
  };
  const row = (ticket: Ticket) => (
    <li key={ticket.id} className={styles.row} data-open={String(ticket.id) === id || undefined}>
      <Link href={`/tickets/${ticket.id}${suffix}`} className={styles.link}>
        <span className={styles.priority} data-priority={ticket.priority}>
          {priorities[ticket.priority]}
        </span>
        <span className={styles.title}>{ticket.title}</span>
        <span className={styles.meta}>
          #{ticket.id} · {categories[ticket.category]} · {ago(ticket.created_at)}
        </span>
      </Link>
      <StatusSelect ticket={ticket} label={`Status of ticket ${ticket.id}`} />
    </li>
  );

  return (
    <>
      <h1>Tickets</h1>
      <Filters />
      <p className={styles.count} aria-busy={page.isFetching}>
        <strong>{data ? (data.count == null ? "Many" : data.count.toLocaleString()) : "…"}</strong>{" "}
        {data?.count === 1 ? "ticket" : "tickets"}
      </p>
      <span role="status" className="unseen">
        {message}
      </span>
      <div className={styles.split} data-open={id ? true : undefined}>
        <section aria-label="List">
          {page.isError && <Failure error={page.error} retry={() => void page.refetch()} />}
          {page.isPending && (
            <ul className={styles.list} aria-hidden="true">
              {Array.from({ length: 8 }, (_, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the places have nothing else
                <li key={n} className={`${styles.row} ${styles.skeleton}`} />
              ))}
            </ul>
          )}
          {data && data.results.length > 0 && (
            <ul className={styles.list}>{data.results.map(row)}</ul>
          )}
          {data?.results.length === 0 &&
            (search ? (
              <p className={styles.empty}>
                No ticket matches. <Link href="/tickets">Drop all filters</Link>
              </p>
            ) : (
              <p className={styles.empty}>
                There are no tickets yet. <Link href="/">Submit the first one</Link>
              </p>
            ))}
          <div className={styles.turns}>
            <button type="button" disabled={!data?.previous} onClick={() => turn(data?.previous)}>
              Newer
            </button>
            <button type="button" disabled={!data?.next} onClick={() => turn(data?.next)}>
              Older
            </button>
          </div>
        </section>
        {id && (
          <TicketPanel
            key={id}
            id={Number(id)}
            known={data?.results.find((ticket) => String(ticket.id) === id)}
            closeHref={`/tickets${suffix}`}
          />
        )}
      </div>
    </>
  );
}
