import { Suspense, useEffect, useRef, useState } from "react";
import { Link, useSearch } from "wouter";
import { number } from "../language/format";
import { page } from "../language/page";
import { t } from "../language/work";
import { Star } from "../ui/Star";
import { keyIn, NEEDS_CHECK } from "./known";
import { useViewActions } from "./useViewActions";
import { useViews } from "./useViews";
import styles from "./ViewBar.module.css";

const ViewDialog = page(() => import("./ViewDialog"));

/** The views to choose from, each with how many tickets it shows, and what can be done with this one. */
export function ViewBar({ search }: { search: string }) {
  const key = keyIn(useSearch());
  const views = useViews();
  const actions = useViewActions(search);
  const strip = useRef<HTMLUListElement>(null);
  const [dialog, setDialog] = useState<"save" | "edit" | null>(null);
  const list = views.data?.results ?? [];
  const isGone = key !== null && views.data !== undefined && !actions.named;

  // one of many is in sight, also where it was opened by its address
  const isRead = views.data !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each other view
  useEffect(() => {
    const current = strip.current?.querySelector<HTMLElement>('[aria-current="page"]');
    const frame = strip.current;
    if (current && frame) frame.scrollLeft = current.offsetLeft - frame.offsetLeft - 48;
  }, [key, isRead]);

  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <nav aria-label={t.views.label} className={styles.views}>
          <ul ref={strip}>
            <li>
              <Entry
                href="/tickets"
                isCurrent={key === null && search === ""}
                name={t.views.all}
                count={views.data?.total}
              />
            </li>
            <li>
              <Entry
                href={`/tickets?view=${NEEDS_CHECK}`}
                isCurrent={key === NEEDS_CHECK}
                name={t.views.needsCheck}
                isOfMachine
                count={views.data?.needs_check.count}
              />
            </li>
            {list.map((view) => (
              <li key={view.id}>
                <Entry
                  href={`/tickets?view=${view.id}`}
                  isCurrent={key === String(view.id)}
                  name={view.name}
                  count={view.count}
                />
              </li>
            ))}
          </ul>
        </nav>
        {isGone && <p className={styles.note}>{t.views.gone}</p>}
        {views.isError && !views.data && (
          <p className={styles.note}>
            {t.views.failed}{" "}
            <button type="button" onClick={() => void views.refetch()}>
              {t.ui.tryAgain}
            </button>
          </p>
        )}
        <div className={styles.actions}>
          {actions.isChanged && <span>{t.views.changed}</span>}
          {actions.isChanged && actions.view?.may_change && (
            <button type="button" aria-busy={actions.saving} onClick={() => void actions.save()}>
              {t.views.save}
            </button>
          )}
          {((!actions.named && search !== "") || actions.isChanged) && (
            <button type="button" onClick={() => setDialog("save")}>
              {actions.named ? t.views.saveAs : t.views.saveView}
            </button>
          )}
          {actions.isChanged && (
            <button type="button" onClick={actions.reset}>
              {t.views.reset}
            </button>
          )}
          {!actions.isChanged && actions.view?.may_change && (
            <button type="button" onClick={() => setDialog("edit")}>
              {t.views.edit}
            </button>
          )}
        </div>
      </div>
      <span role="status" className="unseen">
        {actions.said}
      </span>
      {actions.failure && (
        <p role="alert" className={`error ${styles.failure}`}>
          {actions.failure}
        </p>
      )}
      {dialog && (
        <Suspense fallback={null}>
          <ViewDialog
            view={dialog === "edit" ? actions.view : undefined}
            views={list}
            query={search}
            done={actions.done}
            close={() => setDialog(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Entry(props: {
  href: string;
  isCurrent: boolean;
  name: string;
  /** Whether it is about what a machine chose. */
  isOfMachine?: boolean;
  /** Null: more than are counted; undefined: not known yet. */
  count: number | null | undefined;
}) {
  const { count } = props;
  return (
    <Link href={props.href} aria-current={props.isCurrent ? "page" : undefined}>
      {props.isOfMachine && (
        <span className={styles.mark}>
          <Star />
        </span>
      )}
      <span className={styles.name}>{props.name}</span>{" "}
      <span className={styles.count}>
        {count === undefined ? "" : count === null ? t.views.many : number(count)}
      </span>
    </Link>
  );
}
