import { useEffect, useState, useSyncExternalStore } from "react";
import { CommandKey } from "../commands/CommandKey";
import { t } from "../language/work";
import { useWork } from "../tickets/useWork";
import { inWords } from "./deedWords";
import styles from "./UndoToast.module.css";

/** Milliseconds that it stays; nothing depends on it, since `z` and the activity list undo too. */
const STAYS = 8_000;

/** What was just done, and a way to undo it at once. */
export function UndoToast() {
  const { activity } = useWork();
  const notice = useSyncExternalStore(activity.subscribe, activity.notice);
  const deeds = useSyncExternalStore(activity.subscribe, activity.all);
  const [over, setOver] = useState(0);
  const [held, setHeld] = useState(false);
  const id = notice?.id ?? 0;
  const isThere = id > over;
  useEffect(() => {
    if (!isThere || held) return;
    const timer = setTimeout(() => setOver(id), STAYS);
    return () => clearTimeout(timer);
  }, [id, isThere, held]);

  // as it stands by now: what was not saved is said where it is decided
  const deed = deeds.find((one) => one.id === notice?.deed.id);
  const isSaid = isThere && notice && deed && (notice.problem || deed.state !== "failed");
  const text = notice ? (notice.problem ?? inWords(notice.deed)) : "";
  const canUndo =
    notice &&
    notice.deed.state !== "undone" &&
    !notice.problem &&
    activity.obstacle(notice.deed) === null;
  return (
    <>
      <span role="status" className="unseen">
        {isSaid ? text : ""}
      </span>
      {isSaid && (
        <div
          className={styles.toast}
          data-problem={notice.problem ? true : undefined}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
        >
          <span aria-hidden="true">{text}</span>
          {canUndo && (
            <button
              type="button"
              onFocus={() => setHeld(true)}
              onBlur={() => setHeld(false)}
              onClick={() => {
                document.getElementById("main")?.focus({ preventScroll: true });
                void activity.undo(notice.deed);
              }}
            >
              {t.desk.undo} <CommandKey of="undo" />
            </button>
          )}
        </div>
      )}
    </>
  );
}
