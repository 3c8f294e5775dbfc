import { t } from "../language/work";
import { PointReader } from "../ui/PointReader";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { type DayOfUse, daysOfUse, type Use, useOf } from "./counted";
import { NumbersTable } from "./NumbersTable";
import type { Model, Report } from "./report";
import { heights, middles } from "./scale";
import { amount, describeUse, describeUseOfDay, parts } from "./useWords";

/** What a model took: calls, tokens, cost, and what memory spared. */
export function UsePlot({ report, model }: { report: Report; model: Model }) {
  const use = useOf(report, model);
  const days = daysOfUse(report, model);
  return (
    <Chart
      name="use"
      title={t.accuracy.use.title}
      sentence={describeUse(use)}
      numbers={
        days.length > 0 && (
          <NumbersTable
            caption={t.accuracy.use.title}
            head={[t.accuracy.use.day, ...parts.map((part) => t.accuracy.use.names[part])]}
            rows={days.map((day) => [
              day.date,
              ...parts.map((part) => amount(part, day[part]) ?? t.accuracy.notCounted),
            ])}
          />
        )
      }
    >
      {!report.usage_is_complete && <p>{t.accuracy.use.cut}</p>}
      <dl className={styles.figures}>
        {parts.map((part) => (
          <div key={part}>
            <dt>{t.accuracy.use.names[part]}</dt>
            <dd data-none={use[part] === null || undefined}>
              {amount(part, use[part]) ?? t.accuracy.notCounted}
            </dd>
          </div>
        ))}
      </dl>
      {days.length > 0 && (
        <>
          <ByDay days={days} part="calls" />
          <ByDay days={days} part="cost" />
        </>
      )}
    </Chart>
  );
}

/** One bar for each day; nothing at all where no day was counted. */
function ByDay({ days, part }: { days: DayOfUse[]; part: keyof Use }) {
  if (days.every((day) => day[part] === null)) return null;
  const xs = middles(days.length);
  const wide = Math.min(60, 800 / days.length);
  const tall = heights(days.map((day) => day[part] ?? 0));
  return (
    <div className={styles.byDay}>
      <h3>{t.accuracy.use.byDay(t.accuracy.use.names[part])}</h3>
      <PointReader
        label={t.accuracy.use.reader(t.accuracy.use.names[part])}
        points={days.map((day, at) => ({ x: xs[at] ?? 0, text: describeUseOfDay(day) }))}
      >
        <svg aria-hidden="true" viewBox="0 0 1000 100" preserveAspectRatio="none">
          <line x1="0" x2="1000" y1="100" y2="100" className={styles.track} />
          {days.map((day, at) => (
            <rect
              key={day.date}
              x={1000 * (xs[at] ?? 0) - wide / 2}
              width={wide}
              y={100 - 100 * (tall[at] ?? 0)}
              height={100 * (tall[at] ?? 0)}
              className={styles.bar}
            />
          ))}
        </svg>
      </PointReader>
    </div>
  );
}
