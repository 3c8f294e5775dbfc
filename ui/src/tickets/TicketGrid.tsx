import { type RefObject, useEffect } from "react";
import type { Ticket } from "../api/types";
import { t } from "../language/work";
import { ago } from "./ago";
import styles from "./TicketGrid.module.css";
import { TicketRow } from "./TicketRow";
import type { useCursor } from "./useCursor";
import type { useEndless } from "./useEndless";
import type { useSelection } from "./useSelection";
import type { useView } from "./useView";

/** The rows that are in sight, in a box as high as all of them. */
export function TicketGrid(props: {
  grid: RefObject<HTMLDivElement | null>;
  list: ReturnType<typeof useEndless> & { rows: Ticket[] };
  view: ReturnType<typeof useView>;
  cursor: ReturnType<typeof useCursor>;
  selection: ReturnType<typeof useSelection>;
  count: number | null | undefined;
  search: string;
  openId?: string;
}) {
  const { grid, list, view, cursor, selection } = props;
  const { first, end } = view.range;
  const { look } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as one scrolls, and as pages arrive
  useEffect(() => {
    if (end > 0) look(first, end);
  }, [first, end, list.start, list.end]);

  const shown: number[] = [];
  for (let index = Math.max(first, list.start); index < Math.min(end, list.end); index++) {
    shown.push(index);
  }
  // what has the focus stays in the document, wherever one scrolls
  if (cursor.index >= 0 && !shown.includes(cursor.index)) shown.push(cursor.index);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    <div
      ref={grid}
      role="grid"
      aria-label={t.tickets.heading}
      aria-multiselectable="true"
      aria-rowcount={
        list.hasMore && props.count == null ? -1 : Math.max(props.count ?? 0, list.end)
      }
      className={styles.grid}
      data-narrow={view.narrow || undefined}
      style={{ height: list.end * view.height }}
      onFocus={(event) => {
        const row = event.target.closest<HTMLElement>("[data-row]");
        if (row) cursor.set(Number(row.dataset.row));
      }}
    >
      {shown.map((index) => {
        const ticket = list.rows[index - list.start];
        return (
          ticket && (
            <TicketRow
              key={ticket.id}
              seen={ticket}
              index={index}
              top={index * view.height}
              height={view.height}
              age={ago(ticket.created_at)}
              search={props.search}
              isCursor={index === cursor.index}
              isOpen={String(ticket.id) === props.openId}
              isGone={list.gone.has(ticket.id)}
              isSelected={selection.ids.has(ticket.id)}
              failed={selection.failed.get(ticket.id)}
              select={selection.toggle}
            />
          )
        );
      })}
    </div>
  );
}
