import styles from "./Kbd.module.css";

/** A key, as it looks on a keyboard. */
export function Kbd({ name }: { name: string }) {
  return <kbd className={styles.key}>{name}</kbd>;
}
