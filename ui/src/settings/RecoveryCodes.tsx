import { useEffect, useRef, useState } from "react";
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
        Your recovery codes
      </h3>
      <p>
        Each of them signs you in once if you lose your phone. Keep them where your phone is not:
        they are not shown again.
      </p>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={form.actions}>
        <button
          type="button"
          onClick={() =>
            void (navigator.clipboard?.writeText(codes.join("\n")) ?? Promise.reject()).then(
              () => setSaid("Copied"),
              () => setSaid("This browser does not let us copy: select them by hand."),
            )
          }
        >
          Copy
        </button>
        <button type="button" onClick={() => window.print()}>
          Print
        </button>
        <button type="button" className="primary" onClick={kept}>
          I have kept them
        </button>
        <span role="status" className={form.saved}>
          {said}
        </span>
      </div>
    </div>
  );
}
