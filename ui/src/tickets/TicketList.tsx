import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { TicketPage } from "../api/types";
import { takesKeys } from "../commands/useCommands";
import { t } from "../language/work";
import { Failure } from "../ui/Failure";
import { useHeld } from "../ui/useHeld";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { BulkBar } from "./BulkBar";
import { NoTickets } from "./NoTickets";
import { SkeletonRows } from "./SkeletonRows";
import { TicketGrid } from "./TicketGrid";
import styles from "./TicketList.module.css";
import { Troubles } from "./Troubles";
import { make } from "./useChanges";
import { useCursor } from "./useCursor";
import { useEndless } from "./useEndless";
import { useListCommands } from "./useListCommands";
import { useSelection } from "./useSelection";
import { useView } from "./useView";
import { useWork } from "./useWork";

/** The list, as long as it is; it does not move while somebody points into it. */
export function TicketList(props: {
  page: UseQueryResult<TicketPage>;
  search: string;
  openId?: string;
}) {
  const { page, search, openId } = props;
  const section = useRef<HTMLElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { held, holds } = useHeld();
  const [scrolled, setScrolled] = useState(false);
  // what stands in for another query's rows is not this one's
  const head = page.isPlaceholderData ? undefined : page.data;
  const list = useEndless(search, head, held || scrolled);
  const rows = list.rows ?? [];
  const view = useView(grid, list.end);
  const selection = useSelection(search, rows);
  const [selecting, setSelecting] = useState(false);
  const cursor = useCursor(rows, list.start, openId);
  const work = useWork();
  const waits = useLate(page.isPending);
  const reloads = useLate(page.isFetching && !page.isPending, 300);

  const isDown = view.range.first > 0;
  useEffect(() => setScrolled(isDown), [isDown]);
  // another list begins at its start
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each other list
  useEffect(() => view.reveal(0), [search]);

  // the row of the ticket that is open is in sight, also where it was opened by its address
  const isLoaded = rows.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another opens, or the rows change their height
  useEffect(() => {
    if (openId !== undefined && cursor.opened >= 0) view.reveal(cursor.opened);
  }, [openId, isLoaded, view.height]);

  const toStart = () => {
    list.show();
    view.reveal(0);
    const [first] = head?.results ?? [];
    // the button goes; the focus must not go with it
    if (first) cursor.focus(first.id);
  };

  // a ticket that is open gives its own name to the page
  usePageTitle(openId ? null : t.tickets.pageTitle(list.waiting));
  useListCommands({
    rows,
    start: list.start,
    openId,
    search,
    showNew: list.waiting > 0 ? toStart : undefined,
    cursor,
    view,
    selection,
    toStart,
    resolve: (ticket) => make(work, ticket, { status: "resolved" }),
  });

  return (
    <section
      ref={section}
      aria-label={t.tickets.list}
      className={styles.section}
      data-selecting={selecting || selection.ids.size > 0 || undefined}
      aria-busy={page.isPending}
      {...holds}
      {...takesKeys}
    >
      {reloads && <div className={styles.reloads} />}
      {page.isError && <Failure error={page.error} retry={() => void page.refetch()} />}
      <span role="status" className="unseen">
        {waits ? t.tickets.loading : ""}
      </span>
      {waits && <SkeletonRows />}
      <div role="status" className={styles.waiting}>
        {list.waiting > 0 && (
          <button type="button" onClick={toStart}>
            {t.tickets.newOnes(list.waiting)}
          </button>
        )}
      </div>
      {rows.length > 0 && (
        <>
          <button
            type="button"
            className={styles.selects}
            aria-pressed={selecting}
            onClick={() => {
              setSelecting(!selecting);
              if (selecting) selection.clear();
            }}
          >
            {selecting ? t.tickets.doneSelecting : t.tickets.selectSeveral}
          </button>
          <div className={styles.scroll}>
            <TicketGrid
              grid={grid}
              list={{ ...list, rows }}
              view={view}
              cursor={cursor}
              selection={selection}
              count={page.data?.count}
              search={search}
              openId={openId}
            />
            {list.hasMore && !list.failure && <SkeletonRows few />}
            {list.failure && <Failure error={list.failure} retry={list.more} />}
          </div>
        </>
      )}
      {list.rows?.length === 0 && list.waiting === 0 && <NoTickets search={search} />}
      <Troubles search={search} openId={openId} />
      <BulkBar
        tickets={selection.tickets}
        all={{ search, count: page.data?.count, loaded: rows.length }}
        add={selection.add}
        isPanelOpen={openId !== undefined}
        clear={selection.clear}
        keep={selection.keep}
      />
    </section>
  );
}
