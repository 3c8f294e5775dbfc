import { t } from "../language/work";
import styles from "./Chip.module.css";

/** Something that is set and can be taken away. */
export function Chip({ text, remove }: { text: string; remove: () => void }) {
  return (
    <button type="button" className={styles.chip} onClick={remove}>
      <span className={styles.text} aria-hidden="true">
        {text}
      </span>
      <span className="unseen">{t.forms.remove(text)}</span>
      <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10">
        <path d="M1 1l8 8m0-8L1 9" />
      </svg>
    </button>
  );
}
