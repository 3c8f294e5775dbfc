import { type ComponentProps, type KeyboardEvent, type ReactNode, useState } from "react";
import { t } from "../../language/work";
import { useField } from "./Field";
import styles from "./Form.module.css";

/** A password that can be looked at, with a word on Caps Lock. Pasting is as good as typing. */
export function PasswordField({
  label,
  error,
  hint,
  ...input
}: ComponentProps<"input"> & { label: string; error?: string; hint?: ReactNode }) {
  const { id, field, notes } = useField({ error, hint });
  const [isShown, setShown] = useState(false);
  const [isCaps, setCaps] = useState(false);
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {notes}
      <div className={styles.password}>
        <input
          {...input}
          {...field}
          type={isShown ? "text" : "password"}
          autoCapitalize="none"
          spellCheck={false}
          onKeyDown={look}
          onKeyUp={look}
          onBlur={() => setCaps(false)}
        />
        <button
          type="button"
          aria-label={isShown ? t.forms.hideField(label) : t.forms.showField(label)}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? t.forms.hide : t.forms.show}
        </button>
      </div>
      <p role="status" className={styles.caps}>
        {isCaps ? t.forms.capsLock : ""}
      </p>
    </div>
  );
}
