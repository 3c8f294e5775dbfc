import type { AuditEvent } from "../api/accounts";
import { moment } from "../ui/moment";
import styles from "./admin.module.css";

export function AuditTable({ events }: { events: AuditEvent[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">On what</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td data-name="When">
              <time dateTime={event.at}>{moment(event.at)}</time>
            </td>
            <td data-name="Who">{event.actor || "nobody signed in"}</td>
            <td data-name="What">
              <code>{event.action}</code>
            </td>
            <td data-name="On what">{event.subject}</td>
            <td data-name="From" className={styles.number}>
              {event.address}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
