import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, Problem } from "../api/client";
import type { FollowedTicket } from "../api/types";
import { moment } from "../language/format";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./FollowPage.module.css";
import { step } from "./words";

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
    isMissing ? t.follow.missing : ticket ? t.follow.numbered(ticket.id) : t.follow.request,
  );
  return (
    <div className={styles.page}>
      <meta name="robots" content="noindex" />
      {waits && <p role="status">{t.ui.loading}</p>}
      {isMissing && (
        <>
          <h1>{t.follow.missing}</h1>
          <p>
            {t.follow.missingWhy((text) => (
              <Link href="/">{text}</Link>
            ))}
          </p>
        </>
      )}
      {query.isError && !isMissing && (
        <Failure error={query.error} retry={() => void query.refetch()} />
      )}
      {ticket && !isMissing && (
        <>
          <p className={styles.number}>{t.follow.numbered(ticket.id)}</p>
          <h1>
            <bdi>{ticket.title}</bdi>
          </h1>
          <p className={styles.now} data-status={ticket.status} role="status">
            {t.follow.now[ticket.status]}
          </p>
          <h2>{t.follow.soFar}</h2>
          <ol className={styles.history}>
            {ticket.history.map((event, place) => (
              <li key={`${event.at} ${event.status}`} data-status={event.status}>
                <span>{step(event.status, place === 0)}</span>
                <time dateTime={event.at}>{moment(event.at)}</time>
              </li>
            ))}
          </ol>
          <p className={styles.note}>{t.follow.note}</p>
        </>
      )}
    </div>
  );
}
