import { Link } from "wouter";
import { describe } from "./describe";
import styles from "./StatsPage.module.css";

/** A breakdown: a sentence, and a bar for each word that opens the list behind it. */
export function Bars(props: {
  name: string;
  title: string;
  words: Record<string, string>;
  counts: Record<string, number>;
}) {
  const { name, title, words, counts } = props;
  const most = Math.max(1, ...Object.values(counts));
  return (
    <section className={styles.chart} aria-labelledby={`chart-${name}`}>
      <h2 id={`chart-${name}`}>{title}</h2>
      <p>{describe(words, counts)}</p>
      <ul>
        {Object.entries(words).map(([word, label]) => (
          <li key={word}>
            <Link href={`/tickets?${name}=${word}`}>
              <span>{label}</span>
              <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect
                  width={(100 * (counts[word] ?? 0)) / most}
                  height="10"
                  className={name === "priority" ? styles[word] : styles.bar}
                />
              </svg>
              <span className={styles.number}>{(counts[word] ?? 0).toLocaleString()}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
