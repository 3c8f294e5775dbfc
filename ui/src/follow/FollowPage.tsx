import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, Problem } from "../api/client";
import type { FollowedTicket } from "../api/types";
import { Failure } from "../ui/Failure";
import { moment } from "../ui/moment";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./FollowPage.module.css";
import { now, step } from "./words";

/** How a request is doing, for the one who filed it. */
export default function FollowPage({ secret }: { secret: string }) {
  const query = useQuery<FollowedTicket>({
    queryKey: ["follow", secret],
    queryFn: () => api.follow(secret),
    refetchInterval: 60_000,
  });
  const waits = useLate(query.isPending);
  const isMissing = query.error instanceof Problem && query.error.status === 404;
  const ticket = query.data;
  usePageTitle(
    isMissing
      ? "This link leads to no request"
      : ticket
        ? `Your request ${ticket.id}`
        : "Your request",
  );
  return (
    <div className={styles.page}>
      <meta name="robots" content="noindex" />
      {waits && <p role="status">Loading…</p>}
      {isMissing && (
        <>
          <h1>This link leads to no request</h1>
          <p>
            It may have been cut short when it was copied, or the request was deleted. You can{" "}
            <Link href="/">submit a new ticket</Link>.
          </p>
        </>
      )}
      {query.isError && !isMissing && (
        <Failure error={query.error} retry={() => void query.refetch()} />
      )}
      {ticket && !isMissing && (
        <>
          <p className={styles.number}>Your request {ticket.id}</p>
          <h1>{ticket.title}</h1>
          <p className={styles.now} data-status={ticket.status} role="status">
            {now[ticket.status]}
          </p>
          <h2>What happened so far</h2>
          <ol className={styles.history}>
            {ticket.history.map((event, place) => (
              <li key={`${event.at} ${event.status}`} data-status={event.status}>
                <span>{step(event.status, place === 0)}</span>
                <time dateTime={event.at}>{moment(event.at)}</time>
              </li>
            ))}
          </ol>
          <p className={styles.note}>
            This page looks for news each minute. Whoever has its address can see it, so keep it to
            yourself.
          </p>
        </>
      )}
    </div>
  );
}
