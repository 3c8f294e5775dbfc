import { useRef } from "react";
import type { UpdateTicket } from "../api/types";
import { t } from "../language/work";
import { TryAgain } from "../ui/TryAgain";
import { secondsAgo } from "./ago";
import styles from "./ChangeState.module.css";
import type { Conflict, Line } from "./changes";

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
      <p role="status">{line?.sending ? t.ticket.saving : line?.saved ? t.ticket.saved : ""}</p>
      {line?.failure && (
        <div role="alert" className="error">
          <p>{t.ticket.notSaved(line.failure.error.message)}</p>
          <div className={styles.decide}>
            <TryAgain error={line.failure.error} retry={then(props.tryAgain)} />
            <button type="button" onClick={then(props.drop)}>
              {t.ticket.leave}
            </button>
          </div>
        </div>
      )}
      {conflict && (
        <div role="alert" className="error">
          <p>{meanwhile(conflict)}</p>
          <div className={styles.decide}>
            <button type="button" onClick={then(props.keepMine)}>
              {t.ticket.keepMine}
            </button>
            <button type="button" onClick={then(props.takeTheirs)}>
              {t.ticket.takeTheirs}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

/** "Somebody changed this to Resolved 5 s ago". */
export function meanwhile({ theirs, clash }: Conflict, now = Date.now()): string {
  const { statuses, categories, priorities } = t.words;
  const words: Partial<Record<keyof UpdateTicket, Record<string, string>>> = {
    status: statuses,
    category: categories,
    priority: priorities,
  };
  const word = (field: keyof UpdateTicket) => words[field]?.[theirs[field]] ?? theirs[field];
  const when = secondsAgo(theirs.updated_at, now);
  return clash.length === 1 && clash[0]
    ? t.ticket.changedThis(word(clash[0]), when)
    : t.ticket.changedFields(
        clash.map((field) => ({ field, word: word(field) })),
        when,
      );
}
