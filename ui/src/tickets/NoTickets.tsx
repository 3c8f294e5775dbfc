import { Link, useLocation } from "wouter";
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
        <p>There are no tickets yet.</p>
        <p>
          <Link href="/">Submit the first one</Link>
        </p>
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <p>{isQueue ? "All done: nothing waits here." : "No ticket matches"}</p>
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
              Drop “{condition.text}”
            </button>
          ))}
        </div>
      )}
      <p>
        <Link href="/tickets">{isQueue ? "All tickets" : "Drop all filters"}</Link>
      </p>
    </div>
  );
}
