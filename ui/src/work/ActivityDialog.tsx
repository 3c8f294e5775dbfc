import { useSyncExternalStore } from "react";
import { clock } from "../language/format";
import { t } from "../language/work";
import { useWork } from "../tickets/useWork";
import { Dialog } from "../ui/forms/Dialog";
import styles from "./ActivityDialog.module.css";
import { inWords } from "./deedWords";

/** What was changed since the page was loaded, each to be undone while nothing newer stands on it. */
export default function ActivityDialog({ close }: { close: () => void }) {
  const { activity } = useWork();
  const deeds = useSyncExternalStore(activity.subscribe, activity.all);
  return (
    <Dialog title={t.desk.heading} close={close}>
      {deeds.length === 0 ? (
        <p>{t.desk.noChanges}</p>
      ) : (
        <ol className={styles.deeds}>
          {deeds.map((deed) => {
            const obstacle = activity.obstacle(deed);
            const [first] = deed.tickets;
            return (
              <li key={deed.id}>
                <div>
                  <strong>{inWords(deed)}</strong>
                  <span>
                    {deed.tickets.length === 1 ? `${first?.title} · ` : ""}
                    <time dateTime={new Date(deed.at).toISOString()}>{clock(deed.at)}</time>
                  </span>
                </div>
                {deed.state !== "undone" && (
                  <button
                    type="button"
                    aria-disabled={obstacle !== null}
                    aria-describedby={obstacle ? `obstacle-${deed.id}` : undefined}
                    onClick={() => obstacle === null && void activity.undo(deed)}
                  >
                    {t.desk.undo} <span className="unseen">{t.desk.undoWhat(inWords(deed))}</span>
                  </button>
                )}
                {obstacle && deed.state !== "undone" && (
                  <small id={`obstacle-${deed.id}`}>{t.desk.cannot(obstacle)}</small>
                )}
              </li>
            );
          })}
        </ol>
      )}
      <button type="button" onClick={close}>
        {t.forms.close}
      </button>
    </Dialog>
  );
}
