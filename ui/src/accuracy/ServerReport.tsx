import styles from "./accuracy.module.css";
import { BreakerPlot } from "./BreakerPlot";
import { FailuresPlot } from "./FailuresPlot";
import Learning from "./Learning";
import type { Report } from "./report";

/** What is counted of all models together, and what was learnt. */
export default function ServerReport({ report }: { report: Report }) {
  return (
    <>
      <div className={styles.pairs}>
        <FailuresPlot failures={report.failures} since={report.failures_since} />
        <BreakerPlot report={report} />
      </div>
      <div className={styles.pairs}>
        <Learning />
      </div>
    </>
  );
}
