import { useEffect, useRef } from "react";
import { t } from "../language/text";
import styles from "./ErrorSummary.module.css";

/** Everything that is wrong with a form, with links to the fields. Takes the focus at each try. */
export function ErrorSummary(props: {
  /** Counts the tries: each failed one moves the focus here again. */
  attempt: number;
  /** What is wrong with none of the fields. */
  failure?: string;
  /** From a field's id to what is wrong with it. */
  errors: Record<string, string>;
}) {
  const { attempt, failure, errors } = props;
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt, the same faults or not
  useEffect(() => box.current?.focus(), [attempt]);
  return (
    <div ref={box} tabIndex={-1} className={`error ${styles.summary}`}>
      <div role="alert">
        <h2>{t.ui.problem}</h2>
        {failure && <p>{failure}</p>}
        <ul>
          {Object.entries(errors).map(([id, text]) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(event) => {
                  const field = document.getElementById(id);
                  if (!field) return;
                  event.preventDefault();
                  field.focus();
                }}
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
