import { number } from "../language/format";
import { t } from "../language/work";
import styles from "./accuracy.module.css";
import { IntervalBar } from "./IntervalBar";
import { inWords } from "./ModelsTable";
import { percent, span } from "./numbers";
import type { Share } from "./report";

/** Shares by name, each as a bar with its interval. */
export function ShareBars({ shares }: { shares: [string, Share][] }) {
  return (
    <dl className={styles.shares}>
      {shares.map(([name, share]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <IntervalBar {...share} />
            {inWords(share)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The head of a table of shares. */
export function shareHead() {
  const { what, counted, share, interval } = t.accuracy.shares;
  return [what, counted, share, interval];
}

/** The same shares as a table's rows. */
export function shareRows(shares: [string, Share][]): [string, ...string[]][] {
  return shares.map(([name, share]) => [
    name,
    number(share.n),
    share.share === null ? "–" : percent(share.share),
    share.share === null ? "–" : span(share),
  ]);
}
