import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { Category, FiledTicket, Priority, Source } from "../api/types";
import { useSession } from "../session/useSession";
import { ChangeState } from "../tickets/ChangeState";
import { useChanges } from "../tickets/useChanges";
import { categories, isMachine, priorities, sources } from "../tickets/words";
import { CopyField } from "../ui/CopyField";
import { Options } from "../ui/Options";
import { Star } from "../ui/Star";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./SubmitPage.module.css";

/** What was understood, and the way to put it right, for those who may. */
export function Filed({ filed, another }: { filed: FiledTicket; another: () => void }) {
  const { isStranger } = useSession();
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
        A person will read it. Its number is{" "}
        {isStranger ? `#${filed.id}` : <Link href={`/tickets/${filed.id}`}>#{filed.id}</Link>}: “
        {filed.title}”.
      </p>
      {filed.follow_url && (
        <div className={styles.follow}>
          <CopyField
            label="Keep this link: it shows how your request is doing"
            value={new URL(filed.follow_url, window.location.origin).href}
          />
        </div>
      )}
      <h2 className={styles.understood}>This is how we understood it</h2>
      {isStranger ? (
        <dl className={styles.facts}>
          <dt>Category</dt>
          <dd>
            {categories[ticket.category]} <By source={ticket.category_source} />
          </dd>
          <dt>Priority</dt>
          <dd>
            {priorities[ticket.priority]} <By source={ticket.priority_source} />
          </dd>
        </dl>
      ) : (
        <>
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
        </>
      )}
      <p className={styles.links}>
        {!isStranger && <Link href={`/tickets/${filed.id}`}>Open the ticket</Link>}
        {!isStranger && <Link href="/tickets">All tickets</Link>}
        <button type="button" onClick={another}>
          File another
        </button>
      </p>
    </section>
  );
}

/** Who set a field, as the one who files sees it. */
function By({ id, source }: { id?: string; source: Source }) {
  const isPerson = source === "requester" || source === "agent";
  return (
    <small id={id} data-machine={isMachine(source) || undefined}>
      {isMachine(source) && <Star />} {isPerson ? "chosen by you" : sources[source]}
    </small>
  );
}
