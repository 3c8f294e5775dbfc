import { Link } from "wouter";
import { describe, numberOf } from "./describe";
import { Numbers } from "./Numbers";
import styles from "./StatsPage.module.css";

/** Parts of a whole in one bar, with a legend that opens the list behind each. */
export function StackBar(props: {
  name: string;
  title: string;
  words: Record<string, string>;
  /** Not there yet: the same picture without its numbers. */
  counts: Record<string, number> | undefined;
}) {
  const { name, title, words } = props;
  const counts = props.counts ?? {};
  const total = Object.keys(words).reduce((sum, word) => sum + (counts[word] ?? 0), 0);
  let start = 0;
  return (
    <section className={styles.chart} aria-labelledby={`chart-${name}`}>
      <h2 id={`chart-${name}`}>{title}</h2>
      <p>{props.counts ? describe(words, counts) : "…"}</p>
      <svg
        aria-hidden="true"
        className={styles.stack}
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
      >
        <rect width="1000" height="24" className={styles.ground} />
        {Object.keys(words).map((word) => {
          const width = total === 0 ? 0 : (1000 * (counts[word] ?? 0)) / total;
          const x = start;
          start += width;
          return (
            <rect
              key={word}
              x={x}
              width={Math.max(0, width - 2)}
              height="24"
              className={styles[word]}
            />
          );
        })}
      </svg>
      <ul className={styles.legend}>
        {Object.entries(words).map(([word, label]) => (
          <li key={word}>
            <Link href={`/tickets?${name}=${word}`}>
              <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">
                <rect width="12" height="12" rx="2" className={styles[word]} />
              </svg>
              <span>{label}</span>
              <span className={styles.number}>{numberOf(props.counts, word)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Numbers caption={title} words={words} counts={counts} />
    </section>
  );
}
