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
      <summary>Show the numbers</summary>
      <table>
        <caption className="unseen">Tickets by {props.caption.toLowerCase()}</caption>
        <thead>
          <tr>
            <th scope="col">{props.caption}</th>
            <th scope="col">Tickets</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(props.words).map(([word, label]) => (
            <tr key={word}>
              <th scope="row">{label}</th>
              <td>{(props.counts[word] ?? 0).toLocaleString()}</td>
              <td>{share(props.counts[word] ?? 0, total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export const share = (count: number, total: number) =>
  total === 0 ? "–" : `${((100 * count) / total).toFixed(1)} %`;
