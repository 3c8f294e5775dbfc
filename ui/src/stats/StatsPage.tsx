import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { api } from "../api/client";
import { average, number } from "../language/format";
import { t } from "../language/work";
import { EVERY } from "../tickets/every";
import { Failure } from "../ui/Failure";
import { useLate } from "../ui/useLate";
import { usePageTitle } from "../ui/usePageTitle";
import { Age } from "./Age";
import { Bars } from "./Bars";
import { StackBar } from "./StackBar";
import styles from "./StatsPage.module.css";
import { Trend } from "./Trend";

export default function StatsPage() {
  const [paused, setPaused] = useState(false);
  const stats = useQuery({
    queryKey: ["stats"],
    queryFn: api.stats,
    // not in hidden tabs: the library's default
    refetchInterval: EVERY,
    enabled: !paused,
  });
  usePageTitle(t.stats.heading);
  const data = stats.data;
  const waits = useLate(stats.isPending);

  return (
    <>
      <div className={styles.head}>
        <h1>{t.stats.heading}</h1>
        {data && <Age since={stats.dataUpdatedAt} className={styles.age} />}
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? t.stats.resume : t.stats.pause}
        </button>
      </div>
      {stats.isError && <Failure error={stats.error} retry={() => void stats.refetch()} />}
      {waits && (
        <span role="status" className="unseen">
          {t.ui.loading}
        </span>
      )}
      {(data || waits) && (
        <div aria-busy={!data}>
          <dl className={styles.figures}>
            <Figure name={t.stats.total}>
              <Link href="/tickets">{data ? number(data.total_tickets) : "…"}</Link>
            </Figure>
            <Figure name={t.stats.open}>
              <Link href="/tickets?status=open">{data ? number(data.open_tickets) : "…"}</Link>
            </Figure>
            <Figure name={t.stats.average}>{data ? average(data.avg_tickets_per_day) : "…"}</Figure>
          </dl>
          <Trend paused={paused} />
          <StackBar
            name="status"
            title={t.words.status}
            words={t.words.statuses}
            counts={data?.status_breakdown}
          />
          <div className={styles.charts}>
            <Bars
              name="priority"
              title={t.words.priority}
              words={t.words.priorities}
              counts={data?.priority_breakdown}
            />
            <Bars
              name="category"
              title={t.words.category}
              words={t.words.categories}
              counts={data?.category_breakdown}
              sorted
            />
          </div>
        </div>
      )}
    </>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
