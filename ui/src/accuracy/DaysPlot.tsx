import { words } from "../language/eachDay";
import { day, number } from "../language/format";
import { t } from "../language/work";
import { PointReader } from "../ui/PointReader";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import own from "./DaysPlot.module.css";
import { describeDay, describeDays, eachDay, kindsOf } from "./eachDay";
import { NumbersTable } from "./NumbersTable";
import type { Report } from "./report";
import { heights, middles } from "./scale";
import { kindName } from "./sentences";

type Line = { name: string; counts: number[]; tall: number[]; isGood: boolean };

/** Calls, failures of each kind and openings of the breaker, day by day: a line for each, under one another. */
export default function DaysPlot({ report }: { report: Report }) {
  const days = eachDay(report.usage);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const kinds = kindsOf(days);
  const calls = days.map((one) => one.calls);
  const failures = kinds.map((kind) => days.map((one) => one.failures.get(kind) ?? 0));
  const opened = days.map((one) => one.opened);
  // kinds are compared with each other, and not with the calls, of which there are many more
  const tall = heights(failures.flat());
  const lines: Line[] = [
    { name: t.accuracy.use.names.calls, counts: calls, tall: heights(calls), isGood: true },
    ...failures.map((counts, at) => ({
      name: kindName(kinds[at] ?? ""),
      counts,
      tall: tall.slice(at * days.length, (at + 1) * days.length),
      isGood: false,
    })),
    { name: words.leftAlone, counts: opened, tall: heights(opened), isGood: false },
  ].filter(({ counts }, at) => at === 0 || counts.some((n) => n > 0));
  const xs = middles(days.length);
  return (
    <div className={own.whole}>
      <Chart
        name="days"
        title={words.title}
        sentence={describeDays(days)}
        numbers={
          <NumbersTable
            caption={words.title}
            head={[t.accuracy.use.day, ...lines.map(({ name }) => name)]}
            rows={days.map((one, at) => [
              day(one.date),
              ...lines.map(({ counts }) => number(counts[at] ?? 0)),
            ])}
          />
        }
      >
        {!report.usage_is_complete && <p>{t.accuracy.use.cut}</p>}
        <PointReader
          label={words.reader}
          points={days.map((one, at) => ({ x: xs[at] ?? 0, text: describeDay(one) }))}
        >
          <div className={own.lines}>
            {lines.map((line) => (
              <Bars key={line.name} line={line} xs={xs} />
            ))}
          </div>
          <div className={styles.along} aria-hidden="true">
            <span>{day(first.date)}</span>
            {last !== first && <span>{day(last.date)}</span>}
          </div>
        </PointReader>
      </Chart>
    </div>
  );
}

function Bars({ line, xs }: { line: Line; xs: number[] }) {
  const wide = Math.min(60, 800 / xs.length);
  return (
    <div>
      <span aria-hidden="true" className={own.name}>
        <span>{line.name}</span>
        <span>{number(line.counts.reduce((sum, n) => sum + n, 0))}</span>
      </span>
      <svg aria-hidden="true" viewBox="0 0 1000 100" preserveAspectRatio="none">
        <line x1="0" x2="1000" y1="100" y2="100" className={styles.track} />
        {xs.map((x, at) => {
          const tall = 100 * (line.tall[at] ?? 0);
          return (
            <rect
              key={x}
              x={1000 * x - wide / 2}
              width={wide}
              // a single one beside many is still seen
              y={100 - (tall && Math.max(6, tall))}
              height={tall && Math.max(6, tall)}
              className={line.isGood ? styles.bar : styles.failed}
            />
          );
        })}
      </svg>
    </div>
  );
}
