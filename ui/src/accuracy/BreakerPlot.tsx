import { moment } from "../language/format";
import { t } from "../language/work";
import { PointReader } from "../ui/PointReader";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { type BreakerChange, breakerChanges, pauses } from "./counted";
import { NumbersTable } from "./NumbersTable";
import type { Report } from "./report";
import { placeIn } from "./scale";
import { describeBreaker, sourceName } from "./sentences";

/** When models were left alone after failures. */
export function BreakerPlot({ report }: { report: Report }) {
  const changes = breakerChanges(report);
  // what is kept may reach further back than what is asked for
  const [from = report.from] = [report.from, ...(changes ?? []).map(({ at }) => at)].sort();
  const sources = [...new Set(changes?.map(({ source }) => source))];
  return (
    <Chart
      name="breaker"
      title={t.accuracy.breaker.title}
      sentence={describeBreaker(changes)}
      numbers={
        changes &&
        changes.length > 0 && (
          <NumbersTable
            caption={t.accuracy.breaker.title}
            head={[t.accuracy.breaker.when, t.accuracy.breaker.source, t.accuracy.breaker.state]}
            rows={changes.map((change) => [
              moment(change.at),
              sourceName(change.source),
              t.accuracy.breaker.states[change.state],
            ])}
          />
        )
      }
    >
      {sources.map((source) => (
        <Strip
          key={source}
          source={source}
          changes={(changes ?? []).filter((one) => one.source === source)}
          from={from}
          to={report.to}
        />
      ))}
    </Chart>
  );
}

/** One source's time as a strip, in it what it was left alone for. */
function Strip(props: { source: string; changes: BreakerChange[]; from: string; to: string }) {
  const { source, changes, from, to } = props;
  return (
    <div className={styles.byDay}>
      <h3>{sourceName(source)}</h3>
      <PointReader
        label={t.accuracy.breaker.reader(sourceName(source))}
        points={changes.map(({ at, state }) => ({
          x: placeIn(at, from, to),
          text: `${moment(at)}: ${t.accuracy.breaker.states[state]}`,
        }))}
      >
        <svg
          aria-hidden="true"
          className={styles.strip}
          viewBox="0 0 1000 10"
          preserveAspectRatio="none"
        >
          <rect width="1000" height="10" className={styles.ground} />
          {pauses(changes).map((pause) => {
            const x = 1000 * placeIn(pause.from, from, to);
            const end = 1000 * placeIn(pause.to ?? to, from, to);
            return (
              <rect
                key={pause.from}
                x={x}
                // a pause of a minute in a month is still seen
                width={Math.max(3, end - x)}
                height="10"
                className={styles.failed}
              />
            );
          })}
        </svg>
      </PointReader>
    </div>
  );
}
