import { type ComponentProps, type ReactNode, useId } from "react";
import styles from "./Form.module.css";

type Common = { label: string; error?: string; hint?: ReactNode };

/** What ties a field to its label, its hint and its fault. */
export function useField({ error, hint }: Omit<Common, "label">) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return {
    id,
    field: {
      id,
      "aria-invalid": error ? (true as const) : undefined,
      "aria-describedby": described || undefined,
    },
    notes: (
      <>
        {hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} className={styles.fault}>
            {error}
          </p>
        )}
      </>
    ),
  };
}

/** A line of text with its label. */
export function Field({ label, error, hint, ...input }: Common & ComponentProps<"input">) {
  const { id, field, notes } = useField({ error, hint });
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {notes}
      <input {...input} {...field} />
    </div>
  );
}

/** A list to choose from with its label. */
export function SelectField({ label, error, hint, ...select }: Common & ComponentProps<"select">) {
  const { id, field, notes } = useField({ error, hint });
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {notes}
      <select {...select} {...field} />
    </div>
  );
}
