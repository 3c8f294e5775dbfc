import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearch } from "wouter";
import { api } from "../api/client";
import { number } from "../language/format";
import { percent } from "../language/percent";
import { t } from "../language/work";
import { EVERY } from "../tickets/every";
import { Failure } from "../ui/Failure";
import { PointReader } from "../ui/PointReader";
import { describeDays, firstOf, keptShare, line, listOf, sum, took } from "./days";
import { nameOf, pointsOf } from "./read";
import page from "./StatsPage.module.css";
import styles from "./Trend.module.css";

const RANGES = [30, 90, 365];

/** What was filed and resolved on each day, and how long it took. The range stands in the URL. */
export function Trend({ paused }: { paused: boolean }) {
  const [, go] = useLocation();
  const asked = Number(new URLSearchParams(useSearch()).get("days"));
  const range = RANGES.includes(asked) ? asked : 30;
  const trends = useQuery({
    queryKey: ["trends", range],
    queryFn: () => api.trends(firstOf(range, new Date())),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY,
    enabled: !paused,
  });
  const data = trends.data;
  const days = data?.days ?? [];
  const most = Math.max(1, ...days.flatMap((day) => [day.created, day.resolved]));
  const kept = data && keptShare(data.suggestions);
  return (
    <section className={styles.trend} aria-labelledby="chart-days" aria-busy={!data}>
      <div className={styles.head}>
        <h2 id="chart-days">{t.stats.perDay}</h2>
        <label>
          {t.stats.days}{" "}
          <select value={range} onChange={(event) => go(`/stats?days=${event.target.value}`)}>
            {RANGES.map((days) => (
              <option key={days} value={days}>
                {days}
              </option>
            ))}
          </select>
        </label>
      </div>
      {trends.isError && !data ? (
        <Failure error={trends.error} retry={() => void trends.refetch()} />
      ) : (
        <p>{data ? describeDays(days) : "…"}</p>
      )}
      <PointReader
        label={t.stats.read}
        points={pointsOf(days)}
        after={(at) =>
          days[at] && (
            <Link href={listOf(days[at].date)}>{t.stats.filedOn(nameOf(days[at].date))}</Link>
          )
        }
      >
        <svg
          className={styles.lines}
          viewBox="0 -4 1000 108"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <line x1="0" x2="1000" y1="100" y2="100" className={styles.ground} />
          <polyline
            points={line(
              days.map((day) => day.created),
              most,
            )}
            className={styles.created}
          />
          <polyline
            points={line(
              days.map((day) => day.resolved),
              most,
            )}
            className={styles.resolved}
          />
        </svg>
      </PointReader>
      <ul className={styles.legend}>
        <li>
          <svg aria-hidden="true" width="24" height="12" viewBox="0 0 24 12">
            <line x1="0" x2="24" y1="6" y2="6" className={styles.created} />
          </svg>
          {t.stats.createdCount(data ? number(sum(days, "created")) : "…")}
        </li>
        <li>
          <svg aria-hidden="true" width="24" height="12" viewBox="0 0 24 12">
            <line x1="0" x2="24" y1="6" y2="6" className={styles.resolved} />
          </svg>
          {t.stats.resolvedCount(data ? number(sum(days, "resolved")) : "…")}
        </li>
        <li>{t.stats.mostOnOneDay(data ? number(most) : "…")}</li>
      </ul>
      <dl className={styles.times}>
        <div>
          <dt>{t.stats.firstChange}</dt>
          <dd>{data ? took(data.first_change.median_seconds ?? null) : "…"}</dd>
        </div>
        <div>
          <dt>{t.stats.resolution}</dt>
          <dd>{data ? took(data.resolution.median_seconds ?? null) : "…"}</dd>
        </div>
        {kept !== null && kept !== undefined && (
          <div>
            <dt>{t.stats.kept}</dt>
            <dd>{percent(kept)}</dd>
          </div>
        )}
      </dl>
      <details className={page.numbers}>
        <summary>{t.stats.showNumbers}</summary>
        <table>
          <caption className="unseen">{t.stats.byDay}</caption>
          <thead>
            <tr>
              <th scope="col">{t.stats.day}</th>
              <th scope="col">{t.stats.created}</th>
              <th scope="col">{t.stats.resolved}</th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((day) => (
              <tr key={day.date}>
                <th scope="row">
                  <Link href={listOf(day.date)}>{day.date}</Link>
                </th>
                <td>{number(day.created)}</td>
                <td>{number(day.resolved)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
