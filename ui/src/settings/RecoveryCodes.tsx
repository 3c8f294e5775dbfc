import { useEffect, useRef, useState } from "react";
import { t } from "../language/work";
import form from "../ui/forms/Form.module.css";
import styles from "./settings.module.css";

/** Shown once. They replace the phone when it is lost. */
export function RecoveryCodes({ codes, kept }: { codes: string[]; kept: () => void }) {
  const [said, setSaid] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={form.form}>
      <h3 ref={heading} tabIndex={-1}>
        {t.secondFactor.yourCodes}
      </h3>
      <p>{t.secondFactor.codesAbout}</p>
      <ul className={styles.codes} aria-label={t.secondFactor.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={form.actions}>
        <button
          type="button"
          onClick={() =>
            void (navigator.clipboard?.writeText(codes.join("\n")) ?? Promise.reject()).then(
              () => setSaid(t.ui.copied),
              () => setSaid(t.secondFactor.copyRefused),
            )
          }
        >
          {t.ui.copy}
        </button>
        <button type="button" onClick={() => window.print()}>
          {t.secondFactor.print}
        </button>
        <button type="button" className="primary" onClick={kept}>
          {t.secondFactor.kept}
        </button>
        <span role="status" className={form.saved}>
          {said}
        </span>
      </div>
    </div>
  );
}
