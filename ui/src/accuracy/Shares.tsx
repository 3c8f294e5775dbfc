import { number } from "../language/format";
import { t } from "../language/work";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import type { FieldName, Model, Share } from "./report";
import { ShareBars, shareHead, shareRows } from "./ShareBars";
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
            head={shareHead()}
            rows={shareRows(rows)}
          />
          {report.accuracy.n > 0 && <p>{t.accuracy.shares.agents(number(report.set_by_agents))}</p>}
        </>
      }
    >
      <ShareBars shares={rows} />
    </Chart>
  );
}
