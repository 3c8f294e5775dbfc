import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import { milliseconds } from "./numbers";
import type { Latency } from "./report";
import { describeLatency } from "./sentences";

const parts = ["p50", "p95", "p99"] as const;

/** What people wait for an answer. */
export function LatencyPlot({ latency }: { latency: Latency | null }) {
  return (
    <Chart
      name="latency"
      title={t.accuracy.latency.title}
      sentence={describeLatency(latency)}
      numbers={
        latency && (
          <NumbersTable
            caption={t.accuracy.latency.title}
            head={[t.accuracy.latency.percentile, t.accuracy.latency.time]}
            rows={parts.map((part) => [part, milliseconds(latency[part])])}
          />
        )
      }
    >
      {latency && (
        <ul className={styles.bars}>
          {parts.map((part) => (
            <li key={part}>
              <span>{t.accuracy.latency.names[part]}</span>
              <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect
                  width={(100 * latency[part]) / latency.p99}
                  height="10"
                  className={styles.bar}
                />
              </svg>
              <span>{milliseconds(latency[part])}</span>
            </li>
          ))}
        </ul>
      )}
    </Chart>
  );
}
