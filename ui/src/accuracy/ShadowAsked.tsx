import { number } from "../language/format";
import { words } from "../language/shadow";
import styles from "./accuracy.module.css";
import { Chart } from "./Chart";
import { NumbersTable } from "./NumbersTable";
import type { ShadowAsked as Asked } from "./report";
import { kindName, sourceName } from "./sentences";

/** What became of the questions to one source in the shadow; without `asked` there were none. */
export function ShadowAsked(props: {
  name: string;
  source: string;
  asked?: Asked;
  waiting?: number;
}) {
  const { asked, waiting = 0 } = props;
  const name = sourceName(props.source);
  const rows = asked ? rowsOf(asked, waiting) : [];
  const most = Math.max(1, ...rows.map(({ n }) => n));
  return (
    <Chart
      name={props.name}
      title={words.asked}
      sentence={asked ? words.became(name, asked.tickets, asked.answered) : words.none(name)}
      numbers={
        rows.length > 0 && (
          <NumbersTable
            caption={words.asked}
            head={[words.what, words.tickets]}
            rows={rows.map(({ what, n }) => [what, number(n)])}
          />
        )
      }
    >
      {rows.length > 0 && (
        <ul className={styles.bars}>
          {rows.map(({ what, n, isGood }) => (
            <li key={what}>
              <span>{what}</span>
              <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect
                  width={(100 * n) / most}
                  height="10"
                  className={isGood ? styles.bar : styles.failed}
                />
              </svg>
              <span>{number(n)}</span>
            </li>
          ))}
        </ul>
      )}
    </Chart>
  );
}

function rowsOf({ answered, failures, dropped }: Asked, waiting: number) {
  const rest = [...failures, ...dropped.map((one) => ({ ...one, isDropped: true }))].map((one) => ({
    what: ("isDropped" in one && words.reasons[one.kind]) || kindName(one.kind),
    n: one.n,
    isGood: false,
  }));
  return [
    { what: words.answered, n: answered, isGood: true },
    ...rest.sort((one, other) => other.n - one.n),
    ...(waiting > 0 ? [{ what: words.waiting, n: waiting, isGood: true }] : []),
  ];
}
