import { number } from "../language/format";
import { exactPercent } from "../language/percent";
import { t } from "../language/work";
import styles from "./StatsPage.module.css";

/** What a chart shows, as a table. */
export function Numbers(props: {
  caption: string;
  words: Record<string, string>;
  counts: Record<string, number>;
}) {
  const total = Object.values(props.counts).reduce((sum, count) => sum + count, 0);
  return (
    <details className={styles.numbers}>
      <summary>{t.stats.showNumbers}</summary>
      <table>
        <caption className="unseen">{t.stats.ticketsBy(props.caption)}</caption>
        <thead>
          <tr>
            <th scope="col">{props.caption}</th>
            <th scope="col">{t.stats.tickets}</th>
            <th scope="col">{t.stats.share}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(props.words).map(([word, label]) => (
            <tr key={word}>
              <th scope="row">{label}</th>
              <td>{number(props.counts[word] ?? 0)}</td>
              <td>{share(props.counts[word] ?? 0, total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export const share = (count: number, total: number) =>
  total === 0 ? "–" : exactPercent(count / total);
