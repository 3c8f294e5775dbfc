import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "../api/client";
import { t } from "../language/work";
import { useSaid } from "../ui/useSaid";
import { useListSearch } from "../views/useViews";
import { ViewBar } from "../views/ViewBar";
import { WithViews } from "../views/WithViews";
import { ActiveFilters } from "./ActiveFilters";
import { EVERY } from "./every";
import { Filters } from "./Filters";
import { listHref, withoutCursor } from "./filters";
import { TicketList } from "./TicketList";
import { TicketPanel } from "./TicketPanel";
import { rowId } from "./TicketRow";
import styles from "./TicketsPage.module.css";
import { useTold } from "./useWork";

/** The list and the ticket that is open: every filter and the place in it stand in the URL. */
export default function TicketsPage({ id }: { id?: string }) {
  return (
    <WithViews>
      <Tickets id={id} />
    </WithViews>
  );
}

function Tickets({ id }: { id?: string }) {
  const search = withoutCursor(useListSearch());
  const page = useQuery({
    queryKey: ["tickets", search],
    queryFn: ({ signal }) => api.tickets(search, signal),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY,
  });
  const data = page.data;
  useTold(data?.results);
  const arrivedAt = useRef(id);
  const before = useRef(id);
  const said = useSaid(data?.count == null ? "" : t.tickets.count(data.count));

  useEffect(() => {
    const closed = before.current;
    before.current = id;
    if (id !== arrivedAt.current) arrivedAt.current = undefined;
    if (id && window.matchMedia("(max-width: 760px)").matches) window.scrollTo(0, 0);
    if (!closed || id) return;
    // back to where the person came from, or near it where the row has gone
    const row = document.getElementById(rowId(closed)) ?? document.getElementById("main");
    row?.focus();
  }, [id]);

  return (
    <div className={styles.page} data-open={id ? true : undefined}>
      <h1>{t.tickets.heading}</h1>
      <div className={styles.above}>
        <ViewBar search={search} />
        <Filters />
        <ActiveFilters search={search} count={data?.count} />
        <span role="status" className="unseen">
          {said}
        </span>
      </div>
      <div className={styles.split}>
        <div className={styles.list}>
          <TicketList page={page} search={search} openId={id} />
        </div>
        {id && (
          <TicketPanel
            key={id}
            id={id}
            known={data?.results.find((ticket) => String(ticket.id) === id)}
            closeHref={listHref(search)}
            takesFocus={arrivedAt.current !== id}
          />
        )}
      </div>
    </div>
  );
}
