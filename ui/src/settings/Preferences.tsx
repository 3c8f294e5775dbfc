import { useState } from "react";
import { shortcutsAreOn, switchShortcuts } from "../commands/setting";
import { t } from "../language/work";
import { LanguageSwitch } from "../ui/LanguageSwitch";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { DensitySwitch } from "./DensitySwitch";
import styles from "./settings.module.css";

/** Kept in this browser, for whoever sits at it. */
export function Preferences() {
  const [on, setOn] = useState(shortcutsAreOn);
  return (
    <section className={styles.section} aria-labelledby="preferences">
      <h2 id="preferences">{t.settings.browser}</h2>
      <p className={styles.about}>{t.settings.browserAbout}</p>
      <div className={styles.narrow}>
        <span className={styles.label} aria-hidden="true">
          {t.ui.language}
        </span>
        <LanguageSwitch />
      </div>
      <div className={styles.narrow}>
        <span className={styles.label} aria-hidden="true">
          {t.ui.theme}
        </span>
        <ThemeSwitch />
      </div>
      <div className={styles.narrow}>
        <label htmlFor="density" className={styles.label}>
          {t.settings.rows}
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
        {t.forms.singleKeys}
      </label>
    </section>
  );
}
