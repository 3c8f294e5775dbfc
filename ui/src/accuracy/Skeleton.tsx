import { t } from "../language/work";
import page from "../stats/StatsPage.module.css";
import styles from "./accuracy.module.css";

/** Where the plots will stand. */
export function Skeleton() {
  return (
    <>
      <span role="status" className="unseen">
        {t.ui.loading}
      </span>
      <div aria-hidden="true">
        <div className={styles.skeleton} />
        <div className={styles.pairs}>
          {["a", "b", "c", "d"].map((name) => (
            <div key={name} className={page.chart}>
              <div className={styles.skeleton} />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
