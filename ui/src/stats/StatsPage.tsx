import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { api } from "../api/client";
import { categories, priorities, statuses } from "../tickets/words";
import { Failure } from "../ui/Failure";
import { Bars } from "./Bars";
import styles from "./StatsPage.module.css";

/** Milliseconds between two looks. */
const EVERY = 15_000;

export default function StatsPage() {
  const [paused, setPaused] = useState(false);
  const stats = useQuery({
    queryKey: ["stats"],
    queryFn: api.stats,
    // not in hidden tabs: the library's default
    refetchInterval: paused ? false : EVERY,
  });
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const data = stats.data;
  const age = Math.max(0, Math.round((now - stats.dataUpdatedAt) / 1000));

  return (
    <>
      <div className={styles.head}>
        <h1>Dashboard</h1>
        {data && <span className={styles.age}>Updated {age} s ago</span>}
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? "Resume" : "Pause"}
        </button>
      </div>
      {stats.isError && <Failure error={stats.error} retry={() => void stats.refetch()} />}
      {stats.isPending && <p role="status">Loading…</p>}
      {data && (
        <>
          <dl className={styles.figures}>
            <div>
              <dt>Total tickets</dt>
              <dd>
                <Link href="/tickets">{data.total_tickets.toLocaleString()}</Link>
              </dd>
            </div>
            <div>
              <dt>Open tickets</dt>
              <dd>
                <Link href="/tickets?status=open">{data.open_tickets.toLocaleString()}</Link>
              </dd>
            </div>
            <div>
              <dt>Average per day</dt>
              <dd>
                {data.avg_tickets_per_day.toLocaleString(undefined, { minimumFractionDigits: 1 })}
              </dd>
            </div>
          </dl>
          <div className={styles.charts}>
            <Bars
              name="priority"
              title="Priority"
              words={priorities}
              counts={data.priority_breakdown}
            />
            <Bars
              name="category"
              title="Category"
              words={categories}
              counts={data.category_breakdown}
            />
            <Bars name="status" title="Status" words={statuses} counts={data.status_breakdown} />
          </div>
        </>
      )}
    </>
  );
}
