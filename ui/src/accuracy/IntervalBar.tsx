import styles from "./accuracy.module.css";
import type { Share } from "./report";

/** A share as a dot between 0 and 100 %, with the interval in which the truth lies. */
export function IntervalBar({ share, low, high }: Share) {
  return (
    <svg
      aria-hidden="true"
      className={styles.interval}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
    >
      <line x1="0" x2="100" y1="8" y2="8" className={styles.track} />
      {[0, 50, 100].map((x) => (
        <line key={x} x1={x} x2={x} y1="4" y2="12" className={styles.track} />
      ))}
      {share !== null && low !== null && high !== null && (
        <>
          <line x1={low * 100} x2={high * 100} y1="8" y2="8" className={styles.whisker} />
          {[low, high].map((end, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the two ends
            <line key={n} x1={end * 100} x2={end * 100} y1="3" y2="13" className={styles.whisker} />
          ))}
          {/* of no length: a dot whatever the drawing's width */}
          <line x1={share * 100} x2={share * 100} y1="8" y2="8" className={styles.dot} />
        </>
      )}
    </svg>
  );
}
