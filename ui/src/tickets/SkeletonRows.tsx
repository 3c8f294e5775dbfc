import styles from "./SkeletonRows.module.css";

/** Where rows will stand. */
export function SkeletonRows({ few = false }: { few?: boolean }) {
  return (
    <div className={styles.rows} aria-hidden="true" data-few={few || undefined}>
      {Array.from({ length: few ? 3 : 12 }, (_, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places have nothing else
        <div key={n}>
          <span />
        </div>
      ))}
    </div>
  );
}
