import type { Status, Ticket } from "../api/types";
import { Options } from "../ui/Options";
import styles from "./TicketsPage.module.css";
import { refusal, useUpdate } from "./useUpdate";
import { statuses } from "./words";

export function StatusSelect({ ticket, label }: { ticket: Ticket; label: string }) {
  const update = useUpdate(ticket);
  return (
    <div className={styles.status}>
      <select
        aria-label={label}
        value={ticket.status}
        onChange={(event) => update.mutate({ status: event.target.value as Status })}
      >
        <Options words={statuses} />
      </select>
      {update.isError && (
        <p role="alert" className={styles.refused}>
          {refusal(update.error)}
        </p>
      )}
    </div>
  );
}
