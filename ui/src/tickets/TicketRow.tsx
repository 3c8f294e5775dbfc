import { memo } from "react";
import { Link } from "wouter";
import type { Status, Ticket } from "../api/types";
import { Options } from "../ui/Options";
import { ChangeState } from "./ChangeState";
import { fits, listHref } from "./filters";
import { PriorityMark } from "./PriorityMark";
import styles from "./TicketRow.module.css";
import { useChanges } from "./useChanges";
import { categories, statuses } from "./words";

/** More characters of a description fit in no row. */
const PREVIEW = 160;

export const rowId = (id: number | string) => `row-${id}`;

/**
 * One ticket of the list. One that no longer belongs to it stays, dimmed, until the list is renewed.
 * Drawn anew only when something of it changes: opening a ticket must not cost fifty rows.
 */
export const TicketRow = memo(function TicketRow(props: {
  seen: Ticket;
  /** How long ago it was filed: given, so that it ages with the list. */
  age: string;
  search: string;
  isOpen: boolean;
  isGone: boolean;
  isSelected: boolean;
  /** Why a change of many left this one out. */
  failed?: string;
  select: (id: number, isRange: boolean) => void;
}) {
  const { ticket, line, change, ...decide } = useChanges(props.seen);
  const leaves = props.isGone || !fits(ticket, props.search);
  const troubled = line?.failure || line?.conflict;
  return (
    <li
      className={styles.row}
      data-open={props.isOpen || undefined}
      data-leaves={leaves || undefined}
      data-selected={props.isSelected || undefined}
    >
      <label className={styles.select}>
        <input
          type="checkbox"
          aria-label={`Select ticket ${ticket.id}`}
          checked={props.isSelected}
          onChange={(event) => {
            const { shiftKey } = event.nativeEvent as MouseEvent;
            props.select(ticket.id, shiftKey === true);
          }}
        />
      </label>
      <Link
        id={rowId(ticket.id)}
        data-row={ticket.id}
        href={listHref(props.search).replace("/tickets", `/tickets/${ticket.id}`)}
        className={styles.link}
        aria-current={props.isOpen || undefined}
      >
        <span className={styles.subject}>
          <span className={styles.title}>{ticket.title}</span>
          {leaves ? (
            <span className={styles.leaves}>no longer matches</span>
          ) : (
            // drawn by the style sheet: for the eye only, and in no search of the page for a title
            <span
              className={styles.preview}
              aria-hidden="true"
              data-text={ticket.description.slice(0, PREVIEW)}
            />
          )}
        </span>
        <span className={styles.meta}>
          <PriorityMark priority={ticket.priority} />
          <span>{categories[ticket.category]}</span>
          <span className={styles.number}>#{ticket.id}</span>
          <time dateTime={ticket.created_at}>{props.age}</time>
        </span>
      </Link>
      <select
        className={styles.status}
        data-status={ticket.status}
        aria-label={`Status of ticket ${ticket.id}`}
        value={ticket.status}
        onChange={(event) => change({ status: event.target.value as Status })}
      >
        <Options words={statuses} />
      </select>
      {props.failed && props.isSelected && (
        <p className={styles.failed}>Not changed: {props.failed}.</p>
      )}
      {/* the panel says it where it is open */}
      {troubled && !props.isOpen && (
        <div className={styles.trouble}>
          <ChangeState line={line} {...decide} />
        </div>
      )}
    </li>
  );
});
