import { moment } from "../language/format";
import { t } from "../language/work";
import { PointReader } from "../ui/PointReader";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { changesOf, pauses } from "./counted";
import { NumbersTable } from "./NumbersTable";
import type { Report, Turn } from "./report";
import { placeIn } from "./scale";
import { describeBreaker, kindName } from "./sentences";

/** When the language model was left alone after failures. */
export function BreakerPlot({ report }: { report: Report }) {
  const changes = report.breaker && changesOf(report.breaker);
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
            head={[
              t.accuracy.breaker.when,
              t.accuracy.breaker.lastFailure,
              t.accuracy.breaker.state,
            ]}
            rows={changes.map((change) => [
              moment(change.at),
              change.last_failure === null ? "–" : kindName(change.last_failure),
              nameOf(change),
            ])}
          />
        )
      }
    >
      {changes && changes.length > 0 && <Strip changes={changes} report={report} />}
    </Chart>
  );
}

const nameOf = ({ state }: Turn) => t.accuracy.breaker.states[state] ?? state;

/** The time as a strip, in it what it was left alone for. */
function Strip({ changes, report }: { changes: Turn[]; report: Report }) {
  const { to } = report;
  // what is kept may reach further back than what is asked for
  const [from = report.from] = [report.from, ...changes.map(({ at }) => at)].sort();
  return (
    <div className={styles.byDay}>
      <PointReader
        label={t.accuracy.breaker.reader}
        points={changes.map((change) => ({
          x: placeIn(change.at, from, to),
          text: `${moment(change.at)}: ${nameOf(change)}`,
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
