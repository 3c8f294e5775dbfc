import type { AuditEvent } from "../api/accounts";
import { moment } from "../language/format";
import { t } from "../language/work";
import styles from "./admin.module.css";

export function AuditTable({ events }: { events: AuditEvent[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.audit.when}</th>
          <th scope="col">{t.audit.who}</th>
          <th scope="col">{t.audit.what}</th>
          <th scope="col">{t.audit.onWhat}</th>
          <th scope="col">{t.audit.from}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td data-name={t.audit.when}>
              <time dateTime={event.at}>{moment(event.at)}</time>
            </td>
            <td data-name={t.audit.who}>{event.actor || t.audit.nobody}</td>
            <td data-name={t.audit.what}>
              <code>{event.action}</code>
            </td>
            <td data-name={t.audit.onWhat}>{event.subject}</td>
            <td data-name={t.audit.from} className={styles.number}>
              {event.address}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
