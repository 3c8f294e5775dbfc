import { Suspense, useEffect, useRef } from "react";
import { Link } from "wouter";
import type { FiledTicket } from "../api/types";
import { page } from "../language/page";
import { t } from "../language/text";
import { useSession } from "../session/useSession";
import { By } from "../tickets/By";
import { Boundary } from "../ui/Boundary";
import { CopyField } from "../ui/CopyField";
import { usePageTitle } from "../ui/usePageTitle";
import styles from "./SubmitPage.module.css";

const FiledChoices = page(() => import("./FiledChoices"));

/** What was understood, and the way to put it right, for those who may. */
export function Filed({ filed, another }: { filed: FiledTicket; another: () => void }) {
  const { isStranger } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(t.submit.filed(filed.id));
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t.submit.filed(filed.id)}
      </h1>
      <p className={styles.lead}>
        {t.submit.filedLead(
          isStranger ? `#${filed.id}` : <Link href={`/tickets/${filed.id}`}>#{filed.id}</Link>,
          filed.title,
        )}
      </p>
      {filed.follow_url && (
        <div className={styles.follow}>
          <CopyField
            label={t.submit.keepLink}
            value={new URL(filed.follow_url, window.location.origin).href}
          />
        </div>
      )}
      <h2 className={styles.understood}>{t.submit.understood}</h2>
      {isStranger ? (
        <dl className={styles.facts}>
          <dt>{t.words.category}</dt>
          <dd>
            {t.words.categories[filed.category]}{" "}
            <By source={filed.category_source} person={t.submit.chosenByYou} />
          </dd>
          <dt>{t.words.priority}</dt>
          <dd>
            {t.words.priorities[filed.priority]}{" "}
            <By source={filed.priority_source} person={t.submit.chosenByYou} />
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
        {!isStranger && <Link href={`/tickets/${filed.id}`}>{t.submit.open}</Link>}
        {!isStranger && <Link href="/tickets">{t.shell.allTickets}</Link>}
        <button type="button" onClick={another}>
          {t.submit.another}
        </button>
      </p>
    </section>
  );
}
