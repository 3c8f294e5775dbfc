import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { IntervalBar } from "./IntervalBar";
import { inWords } from "./ModelsTable";
import { NumbersTable } from "./NumbersTable";
import { count, percent, span } from "./numbers";
import type { Model } from "./report";
import { describeAccuracy } from "./sentences";
import { type FieldName, fieldNames, shares as words } from "./words";

/** How often one field was right in the end, and how often requesters kept it. */
export function Shares({ model, field }: { model: Model; field: FieldName }) {
  const report = model[field];
  const rows = [
    [words.accuracy, report.accuracy],
    [words.accepted, report.accepted],
  ] as const;
  return (
    <Chart
      name={`shares-${field}`}
      title={`${fieldNames[field]}: ${words.title}`}
      sentence={describeAccuracy(report.accuracy)}
      numbers={
        <>
          <NumbersTable
            caption={`${fieldNames[field]}: ${words.title}`}
            head={[words.what, words.counted, words.share, words.interval]}
            rows={rows.map(([name, share]) => [
              name,
              count(share.n),
              share.share === null ? "–" : percent(share.share),
              share.share === null ? "–" : span(share),
            ])}
          />
          {report.accuracy.n > 0 && <p>{words.agents(count(report.set_by_agents))}</p>}
        </>
      }
    >
      <dl className={styles.shares}>
        {rows.map(([name, share]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <IntervalBar {...share} />
              {inWords(share)}
            </dd>
          </div>
        ))}
      </dl>
    </Chart>
  );
}
