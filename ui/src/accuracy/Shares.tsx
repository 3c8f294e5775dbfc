import { number } from "../language/format";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { IntervalBar } from "./IntervalBar";
import { inWords } from "./ModelsTable";
import { NumbersTable } from "./NumbersTable";
import { percent, span } from "./numbers";
import type { FieldName, Model, Share } from "./report";
import { describeAccuracy } from "./sentences";

/** How often one field was right in the end, and how often requesters kept it. */
export function Shares({ model, field }: { model: Model; field: FieldName }) {
  const report = model[field];
  const rows: [string, Share][] = [[t.accuracy.shares.accuracy, report.accuracy]];
  // nobody sees what is said in the shadow
  if (report.accepted) rows.push([t.accuracy.shares.accepted, report.accepted]);
  return (
    <Chart
      name={`shares-${field}`}
      title={t.accuracy.shares.title(t.words[field])}
      sentence={describeAccuracy(report.accuracy)}
      numbers={
        <>
          <NumbersTable
            caption={t.accuracy.shares.title(t.words[field])}
            head={[
              t.accuracy.shares.what,
              t.accuracy.shares.counted,
              t.accuracy.shares.share,
              t.accuracy.shares.interval,
            ]}
            rows={rows.map(([name, share]) => [
              name,
              number(share.n),
              share.share === null ? "–" : percent(share.share),
              share.share === null ? "–" : span(share),
            ])}
          />
          {report.accuracy.n > 0 && <p>{t.accuracy.shares.agents(number(report.set_by_agents))}</p>}
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
