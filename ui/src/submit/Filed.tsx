import { lazy, Suspense, useEffect, useRef } from "react";
import { Link } from "wouter";
import type { FiledTicket } from "../api/types";
import { useSession } from "../session/useSession";
import { By } from "../tickets/By";
import { categories, priorities } from "../tickets/words";
import { Boundary } from "../ui/Boundary";
import { CopyField } from "../ui/CopyField";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./SubmitPage.module.css";

const FiledChoices = lazy(() => import("./FiledChoices"));

/** What was understood, and the way to put it right, for those who may. */
export function Filed({ filed, another }: { filed: FiledTicket; another: () => void }) {
  const { isStranger } = useSession();
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
            {categories[filed.category]}{" "}
            <By source={filed.category_source} person="chosen by you" />
          </dd>
          <dt>Priority</dt>
          <dd>
            {priorities[filed.priority]}{" "}
            <By source={filed.priority_source} person="chosen by you" />
          </dd>
        </dl>
      ) : (
        <Boundary quiet>
          <Suspense fallback={<div className={styles.choices} />}>
            <FiledChoices filed={filed} />
          </Suspense>
        </Boundary>
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
