import { moment } from "../language/format";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import { count } from "./numbers";
import type { Failure } from "./report";
import { describeFailures, kindName, sourceName } from "./sentences";
import { failures as words } from "./words";

/** In which ways classifiers failed since the server started. */
export function FailuresPlot({ failures, since }: { failures: Failure[]; since: string }) {
  const sorted = [...failures].sort((one, other) => other.n - one.n);
  const most = sorted[0]?.n ?? 1;
  return (
    <Chart
      name="failures"
      title={words.title}
      sentence={describeFailures(failures, moment(since))}
      numbers={
        sorted.length > 0 && (
          <NumbersTable
            caption={words.title}
            head={[words.source, words.kind, words.times]}
            rows={sorted.map(({ source, kind, n }) => [
              sourceName(source),
              kindName(kind),
              count(n),
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
              <span>{count(n)}</span>
            </li>
          ))}
        </ul>
      )}
    </Chart>
  );
}
