import { useSyncExternalStore } from "react";
import { t } from "../language/work";
import { useWork } from "../tickets/useWork";
import { useOnline } from "../ui/useOnline";
import styles from "./SaveState.module.css";

/** In words, whether everything is with the server; opens what was done. */
export function SaveState({ open }: { open: () => void }) {
  const { changes, activity } = useWork();
  const online = useOnline();
  const count = useSyncExternalStore(changes.subscribe, changes.count);
  const troubled = useSyncExternalStore(changes.subscribe, changes.troubled).length;
  const done = useSyncExternalStore(activity.subscribe, activity.all).length;
  const { text, kind } = inWords({ online, count, troubled, done });
  return (
    <>
      <span role="status" className="unseen">
        {kind === "calm" || kind === "busy" ? "" : text}
      </span>
      {text && (
        <button type="button" className={styles.state} data-kind={kind} onClick={open}>
          {text} <span className="unseen">{t.desk.yourChanges}</span>
        </button>
      )}
    </>
  );
}

type Facts = { online: boolean; count: number; troubled: number; done: number };

export function inWords({ online, count, troubled, done }: Facts) {
  if (!online) {
    return {
      kind: "offline",
      text: count > 0 ? t.desk.offlineWaiting(count) : t.desk.offline,
    } as const;
  }
  if (troubled > 0) return { kind: "trouble", text: t.desk.notSaved(troubled) } as const;
  if (count > 0) return { kind: "busy", text: t.desk.saving(count) } as const;
  return { kind: "calm", text: done > 0 ? t.desk.saved : "" } as const;
}
