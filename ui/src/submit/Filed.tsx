import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { Category, Priority, Source, Ticket } from "../api/types";
import { ChangeState } from "../tickets/ChangeState";
import { useChanges } from "../tickets/useChanges";
import { categories, isMachine, priorities, sources } from "../tickets/words";
import { Options } from "../ui/Options";
import { Star } from "../ui/Star";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./SubmitPage.module.css";

/** What was understood, and the way to put it right. */
export function Filed({ filed, another }: { filed: Ticket; another: () => void }) {
  const { ticket, line, change, ...decide } = useChanges(filed);
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(`Ticket ${filed.id} is filed`);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.page}>
      <h1 ref={heading} tabIndex={-1}>
        Ticket {filed.id} is filed
      </h1>
      <p className={styles.lead}>
        A person will read it. Its number is <Link href={`/tickets/${filed.id}`}>#{filed.id}</Link>:
        “{filed.title}”.
      </p>
      <h2 className={styles.understood}>This is how we understood it</h2>
      <div className={styles.pair}>
        <div>
          <label htmlFor="filed-category">Category</label>
          <select
            id="filed-category"
            aria-describedby="filed-category-by"
            value={ticket.category}
            onChange={(event) => change({ category: event.target.value as Category })}
          >
            <Options words={categories} />
          </select>
          <By id="filed-category-by" source={ticket.category_source} />
        </div>
        <div>
          <label htmlFor="filed-priority">Priority</label>
          <select
            id="filed-priority"
            aria-describedby="filed-priority-by"
            value={ticket.priority}
            onChange={(event) => change({ priority: event.target.value as Priority })}
          >
            <Options words={priorities} />
          </select>
          <By id="filed-priority-by" source={ticket.priority_source} />
        </div>
      </div>
      <ChangeState line={line} {...decide} />
      <p className={styles.links}>
        <Link href={`/tickets/${filed.id}`}>Open the ticket</Link>
        <Link href="/tickets">All tickets</Link>
        <button type="button" onClick={another}>
          File another
        </button>
      </p>
    </section>
  );
}

/** Who set a field, as the one who files sees it. */
function By({ id, source }: { id: string; source: Source }) {
  const isPerson = source === "requester" || source === "agent";
  return (
    <small id={id} data-machine={isMachine(source) || undefined}>
      {isMachine(source) && <Star />} {isPerson ? "chosen by you" : sources[source]}
    </small>
  );
}
