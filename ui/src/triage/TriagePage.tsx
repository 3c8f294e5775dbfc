import { useEffect, useRef } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { CommandKey } from "../commands/CommandKey";
import { takesKeys, useCommands } from "../commands/useCommands";
import { t } from "../language/work";
import { useSession } from "../session/useSession";
import { conditions, listHref, withValues } from "../tickets/filters";
import { Failure } from "../ui/Failure";
import { Late } from "../ui/Late";
import { Options } from "../ui/Options";
import { usePageTitle } from "../ui/usePageTitle";
import { filterOf, type Order, orderOf } from "./queue";
import { TriageCard } from "./TriageCard";
import styles from "./TriagePage.module.css";
import { useTriage } from "./useTriage";

/** One ticket at a time, one key for each decision. */
export default function TriagePage() {
  const search = useSearch();
  const [, go] = useLocation();
  const { about } = useSession();
  const triage = useTriage(search);
  const { queue, at, total, ticket } = triage;
  const filter = filterOf(search);
  const back = listHref(filter);
  useCommands({ back: () => go(back), undo: triage.undo });
  usePageTitle(ticket ? t.triage.pageTitle(at + 1, total) : t.triage.heading);
  const setOrder = (order: Order) => {
    const query = withValues(search, "order", order === "urgent" ? ["urgent"] : []);
    go(`/triage${query ? `?${query}` : ""}`, { replace: true });
  };
  return (
    <div className={styles.page} {...takesKeys}>
      <div className={styles.head}>
        <h1>{t.triage.heading}</h1>
        <p role="status" className={styles.progress}>
          {ticket ? t.triage.progress(at + 1, total) : ""}
        </p>
        <label>
          {t.triage.order}
          <select
            value={orderOf(search)}
            onChange={(event) => setOrder(event.target.value as Order)}
          >
            <Options words={t.triage.orders} />
          </select>
        </label>
        <Link href={back}>{t.triage.back}</Link>
      </div>
      <p className={styles.filter}>
        {conditions(filter)
          .map(({ text }) => text)
          .join(" · ")}
      </p>
      {total > 0 && <progress aria-hidden="true" className={styles.bar} max={total} value={at} />}
      {!queue.isError && !ticket && !triage.isDone && <Late />}
      {queue.isError && (
        <Failure
          error={queue.error}
          retry={() => void (queue.isFetchNextPageError ? queue.fetchNextPage() : queue.refetch())}
        />
      )}
      {ticket && (
        <TriageCard
          key={ticket.id}
          seen={ticket}
          triage={triage}
          suggests={about.data?.classifier !== "off"}
        />
      )}
      {triage.isDone && <Done triage={triage} back={back} />}
    </div>
  );
}

/** The end, or that there was no beginning. */
function Done({ triage, back }: { triage: ReturnType<typeof useTriage>; back: string }) {
  const { total, skipped } = triage;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (total > 0) heading.current?.focus();
  }, [total]);
  return (
    <div className={styles.done}>
      <h2 ref={heading} tabIndex={-1}>
        {total === 0 ? t.triage.nothing : t.triage.all(total)}
      </h2>
      {skipped > 0 && <p>{t.triage.skipped(skipped)}</p>}
      <div className={styles.actions}>
        {total > 0 && (
          <button type="button" onClick={triage.undo}>
            {t.triage.undo} <CommandKey of="undo" />
          </button>
        )}
        {skipped > 0 && (
          <button type="button" onClick={() => void triage.again()}>
            {t.triage.lookAgain}
          </button>
        )}
        <Link href={back}>{t.triage.back}</Link>
      </div>
    </div>
  );
}
