import { lazy, Suspense } from "react";
import styles from "./accuracy.module.css";
import { BreakerPlot } from "./BreakerPlot";
import { FailuresPlot } from "./FailuresPlot";
import Learning from "./Learning";
import type { Report } from "./report";

// only who asks language models has one
const DaysPlot = lazy(async () => {
  const [plot] = await Promise.all([
    import("./DaysPlot"),
    import("../language/eachDay").then((words) => words.isReady),
  ]);
  return plot;
});

/** What is counted of all models together, and what was learnt. */
export default function ServerReport({ report }: { report: Report }) {
  return (
    <>
      <div className={styles.pairs}>
        {report.usage.length > 0 && (
          <Suspense fallback={null}>
            <DaysPlot report={report} />
          </Suspense>
        )}
        <FailuresPlot failures={report.failures} since={report.failures_since} />
        <BreakerPlot report={report} />
      </div>
      <div className={styles.pairs}>
        <Learning />
      </div>
    </>
  );
}
