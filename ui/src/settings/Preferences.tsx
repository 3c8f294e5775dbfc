import { useState } from "react";
import { shortcutsAreOn, switchShortcuts } from "../commands/setting";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { DensitySwitch } from "./DensitySwitch";
import styles from "./settings.module.css";

/** Kept in this browser, for whoever sits at it. */
export function Preferences() {
  const [on, setOn] = useState(shortcutsAreOn);
  return (
    <section className={styles.section} aria-labelledby="preferences">
      <h2 id="preferences">This browser</h2>
      <p className={styles.about}>Kept here, and the same for everyone who uses this browser.</p>
      <div className={styles.narrow}>
        <span className={styles.label} aria-hidden="true">
          Theme
        </span>
        <ThemeSwitch />
      </div>
      <div className={styles.narrow}>
        <label htmlFor="density" className={styles.label}>
          Rows of the list
        </label>
        <DensitySwitch />
      </div>
      <label className={styles.setting}>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchShortcuts(event.target.checked);
            setOn(event.target.checked);
          }}
        />
        Single-key shortcuts
      </label>
    </section>
  );
}
