import type { Priority } from "../api/types";
import { t } from "../language/work";
import styles from "./PriorityMark.module.css";

const order: Priority[] = ["low", "medium", "high", "critical"];

/** One to four bars, so that it is not the colour alone that tells them apart. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const reached = order.indexOf(priority);
  return (
    <span className={styles.priority} data-priority={priority}>
      <svg aria-hidden="true" width="16" height="14" viewBox="0 0 16 14">
        {order.map((one, n) => (
          <rect
            key={one}
            x={4 * n}
            y={10 - 3 * n}
            width="3"
            height={4 + 3 * n}
            data-on={n <= reached || undefined}
          />
        ))}
      </svg>
      {t.words.priorities[priority]}
    </span>
  );
}
