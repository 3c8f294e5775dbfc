import { Link } from "wouter";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { CalibrationPlot } from "./CalibrationPlot";
import { LatencyPlot } from "./LatencyPlot";
import { Matrix } from "./Matrix";
import { fields, type Model, type Report } from "./report";
import { Shares } from "./Shares";
import { UsePlot } from "./UsePlot";

/** Everything that is counted of one model: what is the same of both fields stands side by side. */
export function ModelReport({ report, model }: { report: Report; model: Model }) {
  return (
    <>
      {model.category.accuracy.n === 0 && (
        <p className={styles.nothing}>
          {t.accuracy.undecided}{" "}
          <Link href="/tickets?status=open,in_progress">{t.accuracy.resolveSome}</Link>
        </p>
      )}
      <div className={styles.pairs}>
        {fields.map((field) => (
          <Shares key={field} model={model} field={field} />
        ))}
        {fields.map((field) => (
          <Matrix key={field} field={field} confusion={model[field].confusion} />
        ))}
        {fields.map((field) => (
          <CalibrationPlot key={field} model={model} field={field} />
        ))}
        <LatencyPlot latency={model.latency_ms} />
        <UsePlot report={report} model={model} />
      </div>
    </>
  );
}
