import { useRef } from "react";
import type { UpdateTicket } from "../api/types";
import { TryAgain } from "../ui/TryAgain";
import styles from "./ChangeState.module.css";
import type { Conflict, Line } from "./changes";
import { categories, priorities, secondsAgo, statuses } from "./words";

/** What becomes of a change: saved, refused, or in the way of somebody else's. */
export function ChangeState(props: {
  line: Line | undefined;
  keepMine: () => void;
  takeTheirs: () => void;
  tryAgain: () => void;
  drop: () => void;
}) {
  const { line } = props;
  const conflict = line?.conflict;
  const here = useRef<HTMLDivElement>(null);
  // the button goes with what it decides; the focus stays near it
  const then = (decide: () => void) => () => {
    here.current?.focus();
    decide();
  };
  return (
    <div ref={here} tabIndex={-1} className={styles.state}>
      <p role="status">{line?.sending ? "Saving…" : line?.saved ? "Saved" : ""}</p>
      {line?.failure && (
        <div role="alert" className="error">
          <p>Not saved: {line.failure.error.message}</p>
          <div className={styles.decide}>
            <TryAgain error={line.failure.error} retry={then(props.tryAgain)} />
            <button type="button" onClick={then(props.drop)}>
              Leave it as it was
            </button>
          </div>
        </div>
      )}
      {conflict && (
        <div role="alert" className="error">
          <p>{meanwhile(conflict)}</p>
          <div className={styles.decide}>
            <button type="button" onClick={then(props.keepMine)}>
              Keep mine
            </button>
            <button type="button" onClick={then(props.takeTheirs)}>
              Take theirs
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

const words: Partial<Record<keyof UpdateTicket, Record<string, string>>> = {
  status: statuses,
  category: categories,
  priority: priorities,
};

/** "Somebody changed this to Resolved 5 s ago". */
export function meanwhile({ theirs, clash }: Conflict, now = Date.now()): string {
  const word = (field: keyof UpdateTicket) => words[field]?.[theirs[field]] ?? theirs[field];
  const what =
    clash.length === 1 && clash[0]
      ? `this to ${word(clash[0])}`
      : clash.map((field) => `the ${field} to ${word(field)}`).join(" and ");
  return `Somebody changed ${what} ${secondsAgo(theirs.updated_at, now)}.`;
}
