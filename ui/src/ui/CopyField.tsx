import { useId, useRef, useState } from "react";
import { t } from "../language/text";
import styles from "./CopyField.module.css";

/** A text to take along. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  async function copy() {
    field.current?.select();
    try {
      // browsers have no clipboard for pages that came over plain HTTP
      if (navigator.clipboard) await navigator.clipboard.writeText(value);
      else if (!document.execCommand("copy")) throw new Error("refused");
      setSaid(t.ui.copied);
    } catch {
      setSaid(t.ui.selected);
    }
  }
  return (
    <div className={styles.copy}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        readOnly
        value={value}
        onFocus={(event) => event.target.select()}
        spellCheck={false}
      />
      <button type="button" onClick={() => void copy()}>
        {t.ui.copy}
      </button>
      <p role="status">{said}</p>
    </div>
  );
}
