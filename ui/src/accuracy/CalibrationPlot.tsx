import { number } from "../language/format";
import { t } from "../language/work";
import { PointReader } from "../ui/PointReader";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import { percent, span } from "./numbers";
import type { Bin, FieldName, Model } from "./report";
import { describeBin, describeCalibration, rangeOf, rightOf } from "./sentences";

/** Whether "80 %" is right four times in five: a dot for each bin, with the interval of its truth. */
export function CalibrationPlot({ model, field }: { model: Model; field: FieldName }) {
  const { calibration } = model[field];
  const bins = calibration?.bins ?? [];
  const full = bins.filter((bin) => bin.n > 0);
  const most = full.reduce((best, bin, at) => (bin.n > (full[best]?.n ?? 0) ? at : best), 0);
  const end = (bin: Bin) => bins[bins.indexOf(bin) + 1]?.from ?? 1;
  return (
    <Chart
      name={`calibration-${field}`}
      title={t.accuracy.calibration.title(t.words[field])}
      sentence={describeCalibration(bins, calibration?.error ?? 0)}
      numbers={
        full.length > 0 && (
          <NumbersTable
            caption={t.accuracy.calibration.title(t.words[field])}
            head={[
              t.accuracy.calibration.bin,
              t.accuracy.calibration.suggestions,
              t.accuracy.calibration.mean,
              t.accuracy.calibration.right,
            ]}
            rows={bins.map((bin) => [
              rangeOf(bin, end(bin)),
              number(bin.n),
              bin.confidence === null ? "–" : percent(bin.confidence),
              bin.right === null
                ? "–"
                : t.accuracy.withInterval(percent(bin.right), span(rightOf(bin))),
            ])}
          />
        )
      }
    >
      {full.length > 0 && (
        <div className={styles.calibration}>
          <PointReader
            label={t.accuracy.calibration.reader(t.words[field])}
            points={full.map((bin) => ({
              x: bin.confidence ?? 0,
              text: describeBin(bin, end(bin)),
            }))}
            start={most}
          >
            <div className={styles.axes}>
              <Drawing bins={full} />
              <span className={styles.up} aria-hidden="true">
                <span>100 %</span>
                <span>{t.accuracy.calibration.right}</span>
                <span>0 %</span>
              </span>
            </div>
            <span className={styles.along} aria-hidden="true">
              <span>0 %</span>
              <span>{t.accuracy.calibration.says}</span>
              <span>100 %</span>
            </span>
          </PointReader>
          <small className={styles.note}>{t.accuracy.calibration.key}</small>
        </div>
      )}
    </Chart>
  );
}

function Drawing({ bins }: { bins: Bin[] }) {
  const most = Math.max(...bins.map(({ n }) => n));
  return (
    <svg aria-hidden="true" className={styles.square} viewBox="0 0 100 100">
      <rect width="100" height="100" className={styles.frame} />
      <line x1="0" y1="100" x2="100" y2="0" className={styles.promise} />
      {bins.map((bin) => {
        const { low, high } = rightOf(bin);
        const x = 100 * (bin.confidence ?? 0);
        const y = (share: number | null) => 100 - 100 * (share ?? 0);
        return (
          <g key={bin.from}>
            <line x1={x} x2={x} y1={y(low)} y2={y(high)} className={styles.whisker} />
            {/* by area as many as it stands for, and never too small to be seen */}
            <circle
              cx={x}
              cy={y(bin.right)}
              r={1.4 + 1.8 * Math.sqrt(bin.n / most)}
              className={styles.spot}
            />
          </g>
        );
      })}
    </svg>
  );
}
