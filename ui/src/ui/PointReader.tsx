import { type ReactNode, useState } from "react";
import styles from "./PointReader.module.css";

/** A place on a plot, from 0 at the left to 1 at the right, and what stands there in words. */
export type Point = { x: number; text: string };

/**
 * A plot that is read point by point: by arrows, Home and End, by pointing at it, or by ear. It is the
 * browser's own slider, so that every screen reader knows how to move in it; the drawing lies under it.
 */
export function PointReader(props: {
  label: string;
  points: Point[];
  /** Where one begins; the last point where it is left out. */
  start?: number;
  /** What one can do with the point that is read. */
  after?: (at: number) => ReactNode;
  children: ReactNode;
}) {
  const { points } = props;
  const [chosen, setChosen] = useState<number | null>(null);
  const last = points.length - 1;
  const at = Math.max(0, Math.min(chosen ?? props.start ?? last, last));
  const point = points[at];

  function follow(event: React.PointerEvent<HTMLElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (width > 0) setChosen(nearest(points, (event.clientX - left) / width));
  }
  // what comes later has its room
  if (!point) {
    return (
      <div className={styles.reader}>
        <div className={styles.plot}>{props.children}</div>
        <div className={styles.line} />
      </div>
    );
  }
  return (
    <div className={styles.reader}>
      <div className={styles.plot} onPointerMove={follow} onPointerDown={follow}>
        {props.children}
        <span className={styles.mark} style={{ insetInlineStart: `${point.x * 100}%` }} />
        <input
          type="range"
          aria-label={props.label}
          aria-valuetext={point.text}
          min={0}
          max={last}
          value={at}
          onChange={(event) => setChosen(Number(event.target.value))}
        />
      </div>
      <div className={styles.line}>
        {/* the slider says the same */}
        <span aria-hidden="true">{point.text}</span>
        {props.after?.(at)}
      </div>
    </div>
  );
}

/** The point that lies closest to a place. */
export function nearest(points: Point[], x: number): number {
  let best = 0;
  points.forEach((point, at) => {
    if (Math.abs(point.x - x) < Math.abs((points[best]?.x ?? 0) - x)) best = at;
  });
  return best;
}
