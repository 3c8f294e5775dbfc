import { memo } from "react";
import { Link } from "wouter";
import type { Status, Ticket } from "../api/types";
import { useLanguage } from "../language/current";
import { t } from "../language/work";
import { Options } from "../ui/Options";
import { fits, ticketHref } from "./filters";
import { PriorityMark } from "./PriorityMark";
import styles from "./TicketRow.module.css";
import { useChanges } from "./useChanges";

/** More characters of a description fit in no row. */
const PREVIEW = 160;

export const rowId = (id: number | string) => `row-${id}`;

/**
 * One ticket of the list, in a row of fixed height. One that no longer belongs to it stays, dimmed, until
 * the list is renewed. Drawn anew only when something of it changes.
 */
export const TicketRow = memo(function TicketRow(props: {
  seen: Ticket;
  /** Its place in the whole list, from 0. */
  index: number;
  top: number;
  height: number;
  /** How long ago it was filed: given, so that it ages with the list. */
  age: string;
  search: string;
  isCursor: boolean;
  isOpen: boolean;
  isGone: boolean;
  isSelected: boolean;
  /** Why a change of many left this one out. */
  failed?: string;
  select: (id: number, isRange: boolean) => void;
}) {
  useLanguage();
  const { ticket, line, change } = useChanges(props.seen);
  const { id } = ticket;
  const leaves = props.isGone || !fits(ticket, props.search);
  const notice = noticeOf();
  function noticeOf(): string | null {
    if (props.failed && props.isSelected) return t.tickets.notChanged(props.failed);
    if (line?.conflict) return t.tickets.otherChange;
    if (line?.failure) return t.tickets.notSaved;
    return null;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    <div
      role="row"
      id={rowId(id)}
      className={styles.row}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      tabIndex={props.isCursor ? 0 : -1}
      aria-rowindex={props.index + 1}
      aria-selected={props.isSelected}
      aria-labelledby={`subject-${id} meta-${id} status-${id}`}
      data-row={id}
      data-open={props.isOpen || undefined}
      data-leaves={leaves || undefined}
      data-selected={props.isSelected || undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="gridcell" className={styles.select}>
        <label>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t.tickets.select(id)}
            checked={props.isSelected}
            onChange={(event) => {
              const { shiftKey } = event.nativeEvent as MouseEvent;
              props.select(id, shiftKey === true);
            }}
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="gridcell" className={styles.cell}>
        <Link
          tabIndex={-1}
          href={ticketHref(id, props.search)}
          className={styles.link}
          aria-current={props.isOpen || undefined}
        >
          <span id={`subject-${id}`} className={styles.subject}>
            <span className={styles.title} dir="auto">
              {ticket.title}
            </span>
            {notice && <span className={styles.notice}>{notice}</span>}
            {leaves && !notice && <span className={styles.leaves}>{t.tickets.leaves}</span>}
            {!leaves && !notice && (
              // drawn by the style sheet: for the eye only, and in no search of the page for a title
              <span
                className={styles.preview}
                dir="auto"
                aria-hidden="true"
                data-text={ticket.description.slice(0, PREVIEW)}
              />
            )}
          </span>
          <span id={`meta-${id}`} className={styles.meta}>
            <PriorityMark priority={ticket.priority} />
            <span>{t.words.categories[ticket.category]}</span>
            <span className={styles.number}>#{id}</span>
            <time dateTime={ticket.created_at}>{props.age}</time>
          </span>
        </Link>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="gridcell">
        <select
          id={`status-${id}`}
          tabIndex={-1}
          className={styles.status}
          data-status={ticket.status}
          aria-label={t.tickets.statusOf(id)}
          value={ticket.status}
          onChange={(event) => change({ status: event.target.value as Status })}
        >
          <Options words={t.words.statuses} />
        </select>
      </div>
    </div>
  );
});
