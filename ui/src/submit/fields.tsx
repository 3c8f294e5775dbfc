import styles from "./SubmitPage.module.css";

/** What a field says of its fault to those who see it and to those who do not. */
export function fieldOf(name: string, errors: Record<string, string>) {
  return {
    id: name,
    "aria-invalid": errors[name] ? (true as const) : undefined,
    "aria-describedby": errors[name] ? `${name}-error` : undefined,
  };
}

export function Fault({ name, errors }: { name: string; errors: Record<string, string> }) {
  return (
    errors[name] && (
      <p id={`${name}-error`} className={styles.fault}>
        {errors[name]}
      </p>
    )
  );
}
