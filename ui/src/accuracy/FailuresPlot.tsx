import { moment, number } from "../language/format";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";

import type { Failure } from "./report";
import { describeFailures, kindName, sourceName } from "./sentences";

/** In which ways classifiers failed since the server started. */
export function FailuresPlot({ failures, since }: { failures: Failure[]; since: string }) {
  const sorted = [...failures].sort((one, other) => other.n - one.n);
  const most = sorted[0]?.n ?? 1;
  return (
    <Chart
      name="failures"
      title={t.accuracy.failures.title}
      sentence={describeFailures(failures, moment(since))}
      numbers={
        sorted.length > 0 && (
          <NumbersTable
            caption={t.accuracy.failures.title}
            head={[t.accuracy.failures.source, t.accuracy.failures.kind, t.accuracy.failures.times]}
            rows={sorted.map(({ source, kind, n }) => [
              sourceName(source),
              kindName(kind),
              number(n),
            ])}
          />
        )
      }
    >
      {sorted.length > 0 && (
        <ul className={styles.bars}>
          {sorted.map(({ source, kind, n }) => (
            <li key={source + kind}>
              <span>
                {kindName(kind)} <small>{sourceName(source)}</small>
              </span>
              <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect width={(100 * n) / most} height="10" className={styles.failed} />
              </svg>
              <span>{number(n)}</span>
            </li>
          ))}
        </ul>
      )}
    </Chart>
  );
}
