import { Link } from "wouter";
import styles from "./accuracy.module.css";
import { CalibrationPlot } from "./CalibrationPlot";
import { LatencyPlot } from "./LatencyPlot";
import { Matrix } from "./Matrix";
import type { Model } from "./report";
import { Shares } from "./Shares";
import { UsePlot } from "./UsePlot";
import { type FieldName, fieldNames, texts } from "./words";

const fields = Object.keys(fieldNames) as FieldName[];

/** Everything that is counted of one model: what is the same of both fields stands side by side. */
export function ModelReport({ model }: { model: Model }) {
  return (
    <>
      {model.category.accuracy.n === 0 && (
        <p className={styles.nothing}>
          {texts.undecided} <Link href="/tickets?status=open,in_progress">{texts.resolveSome}</Link>
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
        <UsePlot model={model} />
      </div>
    </>
  );
}
