import type { UseQueryResult } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { TicketPage } from "../api/types";
import { takesKeys } from "../commands/useCommands";
import { Failure } from "../ui/Failure";
import { useHeld } from "../ui/useHeld";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { BulkBar } from "./BulkBar";
import { NoTickets } from "./NoTickets";
import styles from "./TicketList.module.css";
import { rowId, TicketRow } from "./TicketRow";
import rows from "./TicketRow.module.css";
import { useListCommands } from "./useListCommands";
import { useSelection } from "./useSelection";
import { useSteadyList } from "./useSteadyList";
import { ago } from "./words";

/** One page of the list; it does not move while somebody points into it. */
export function TicketList(props: {
  page: UseQueryResult<TicketPage>;
  search: string;
  openId?: string;
}) {
  const { page, search } = props;
  const [, go] = useLocation();
  const list = useRef<HTMLElement>(null);
  const { held, holds } = useHeld();
  const data = page.data;
  // what stands in for another query's rows is not this one's
  const shown = useSteadyList(data?.results, page.isPlaceholderData ? "" : `?${search}`, held);
  const order = shown.rows?.map((ticket) => ticket.id) ?? [];
  const selection = useSelection(order);
  const [selecting, setSelecting] = useState(false);
  // the rows are drawn anew only for what is their own
  const latest = useRef(selection);
  latest.current = selection;
  const select = useCallback(
    (id: number, isRange: boolean) => latest.current.toggle(id, isRange),
    [],
  );
  const waits = useLate(page.isPending);
  const reloads = useLate(page.isFetching && !page.isPending, 300);
  const fresh = new Set(data?.results.map((ticket) => ticket.id));

  const turn = (url: string | null | undefined) => {
    if (!url) return;
    go(`/tickets?${url.split("?")[1] ?? ""}`);
    window.scrollTo(0, 0);
  };
  const show = () => {
    shown.show();
    const [first] = data?.results ?? [];
    // the button goes; the focus must not go with it
    if (first) requestAnimationFrame(() => document.getElementById(rowId(first.id))?.focus());
  };

  // a ticket that is open gives its own name to the page
  const waiting = shown.waiting > 0 ? `(${shown.waiting}) ` : "";
  usePageTitle(props.openId ? null : `${waiting}Tickets`);
  useListCommands(list, props.openId, shown.waiting > 0 ? show : undefined, selection);

  return (
    <section
      ref={list}
      aria-label="List"
      className={styles.section}
      data-selecting={selecting || selection.ids.size > 0 || undefined}
      aria-busy={page.isPending}
      {...holds}
      {...takesKeys}
    >
      {reloads && <div className={styles.reloads} />}
      {page.isError && <Failure error={page.error} retry={() => void page.refetch()} />}
      {waits && (
        <ul className={styles.list} aria-hidden="true">
          {Array.from({ length: 8 }, (_, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the places have nothing else
            <li key={n} className={`${rows.row} ${rows.skeleton}`}>
              <span />
            </li>
          ))}
        </ul>
      )}
      <div role="status" className={styles.waiting}>
        {shown.waiting > 0 && (
          <button type="button" onClick={show}>
            {shown.waiting} new · show
          </button>
        )}
      </div>
      {order.length > 0 && (
        <button
          type="button"
          className={styles.selects}
          aria-pressed={selecting}
          onClick={() => {
            setSelecting(!selecting);
            if (selecting) selection.clear();
          }}
        >
          {selecting ? "Done selecting" : "Select several"}
        </button>
      )}
      {shown.rows && shown.rows.length > 0 && (
        <ul className={styles.list}>
          {shown.rows.map((ticket) => (
            <TicketRow
              key={ticket.id}
              seen={ticket}
              age={ago(ticket.created_at)}
              search={search}
              isOpen={String(ticket.id) === props.openId}
              isGone={!fresh.has(ticket.id)}
              isSelected={selection.ids.has(ticket.id)}
              failed={selection.failed.get(ticket.id)}
              select={select}
            />
          ))}
        </ul>
      )}
      {shown.rows?.length === 0 && shown.waiting === 0 && <NoTickets search={search} />}
      <BulkBar
        tickets={shown.rows?.filter((ticket) => selection.ids.has(ticket.id)) ?? []}
        isPanelOpen={props.openId !== undefined}
        clear={selection.clear}
        keep={selection.keep}
      />
      {(data?.previous || data?.next) && (
        <nav aria-label="Pages of the list" className={styles.turns}>
          {/* not `disabled`, which would drop the focus at the last page */}
          <button type="button" aria-disabled={!data.previous} onClick={() => turn(data.previous)}>
            Newer
          </button>
          <button type="button" aria-disabled={!data.next} onClick={() => turn(data.next)}>
            Older
          </button>
        </nav>
      )}
    </section>
  );
}
