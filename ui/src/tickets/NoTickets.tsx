import { Link, useLocation } from "wouter";
import { t } from "../language/work";
import { conditions, listHref, valuesOf, without } from "./filters";
import styles from "./TicketList.module.css";

/** Why the list is empty, and what one can do about it: three different things. */
export function NoTickets({ search }: { search: string }) {
  const [, go] = useLocation();
  const found = conditions(search);
  const isQueue =
    found.length > 0 &&
    found.every(({ name }) => name === "status" || name === "decided") &&
    valuesOf(search, "status").every((status) => status === "open" || status === "in_progress");
  if (found.length === 0) {
    return (
      <div className={styles.empty}>
        <p>{t.tickets.none}</p>
        <p>
          <Link href="/">{t.tickets.submitFirst}</Link>
        </p>
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <p>{isQueue ? t.tickets.allDone : t.tickets.noMatch}</p>
      {!isQueue && (
        <div className={styles.drop}>
          {found.map((condition) => (
            <button
              type="button"
              key={`${condition.name} ${condition.value}`}
              onClick={() => {
                // this goes; what comes in its place is the page
                document.getElementById("main")?.focus({ preventScroll: true });
                go(listHref(without(search, condition)));
              }}
            >
              {t.tickets.drop(condition.text)}
            </button>
          ))}
        </div>
      )}
      <p>
        <Link href="/tickets">{isQueue ? t.shell.allTickets : t.tickets.dropAll}</Link>
      </p>
    </div>
  );
}
