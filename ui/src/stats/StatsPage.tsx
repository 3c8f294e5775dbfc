import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { api } from "../api/client";
import { EVERY } from "../tickets/every";
import { categories, priorities, statuses } from "../tickets/words";
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
  usePageTitle("Dashboard");
  const data = stats.data;
  const waits = useLate(stats.isPending);

  return (
    <>
      <div className={styles.head}>
        <h1>Dashboard</h1>
        {data && <Age since={stats.dataUpdatedAt} className={styles.age} />}
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? "Resume" : "Pause"}
        </button>
      </div>
      {stats.isError && <Failure error={stats.error} retry={() => void stats.refetch()} />}
      {waits && (
        <span role="status" className="unseen">
          Loading…
        </span>
      )}
      {(data || waits) && (
        <div aria-busy={!data}>
          <dl className={styles.figures}>
            <Figure name="Total tickets">
              <Link href="/tickets">{data?.total_tickets.toLocaleString() ?? "…"}</Link>
            </Figure>
            <Figure name="Open tickets">
              <Link href="/tickets?status=open">{data?.open_tickets.toLocaleString() ?? "…"}</Link>
            </Figure>
            <Figure name="Average per day">
              {data?.avg_tickets_per_day.toLocaleString(undefined, { minimumFractionDigits: 1 }) ??
                "…"}
            </Figure>
          </dl>
          <Trend paused={paused} />
          <StackBar name="status" title="Status" words={statuses} counts={data?.status_breakdown} />
          <div className={styles.charts}>
            <Bars
              name="priority"
              title="Priority"
              words={priorities}
              counts={data?.priority_breakdown}
            />
            <Bars
              name="category"
              title="Category"
              words={categories}
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
