import page from "../stats/StatsPage.module.css";
import { BreakerPlot } from "./BreakerPlot";
import { FailuresPlot } from "./FailuresPlot";
import type { Report } from "./report";

/** What is counted of all models together. */
export function ServerReport({ report }: { report: Report }) {
  return (
    <div className={page.charts}>
      <FailuresPlot failures={report.failures} since={report.failures_since} />
      <BreakerPlot report={report} />
    </div>
  );
}
