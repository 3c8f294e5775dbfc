import { Link } from "wouter";
import { describe, numberOf } from "./describe";
import { Numbers } from "./Numbers";
import styles from "./StatsPage.module.css";

/** A breakdown: a sentence, and a bar for each word that opens the list behind it. */
export function Bars(props: {
  name: string;
  title: string;
  words: Record<string, string>;
  /** Not there yet: the same picture without its numbers. */
  counts: Record<string, number> | undefined;
  /** The longest first, where the words have no order of their own. */
  sorted?: boolean;
}) {
  const { name, title, words } = props;
  const counts = props.counts ?? {};
  const most = Math.max(1, ...Object.values(counts));
  const entries = Object.entries(words);
  if (props.sorted) entries.sort(([a], [b]) => (counts[b] ?? 0) - (counts[a] ?? 0));
  return (
    <section className={styles.chart} aria-labelledby={`chart-${name}`}>
      <h2 id={`chart-${name}`}>{title}</h2>
      <p>{props.counts ? describe(words, counts) : "…"}</p>
      <ul className={styles.bars}>
        {entries.map(([word, label]) => (
          <li key={word}>
            <Link href={`/tickets?${name}=${word}`}>
              <span>{label}</span>
              <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect
                  width={(100 * (counts[word] ?? 0)) / most}
                  height="10"
                  className={styles[word] ?? styles.bar}
                />
              </svg>
              <span className={styles.number}>{numberOf(props.counts, word)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Numbers caption={title} words={words} counts={counts} />
    </section>
  );
}
