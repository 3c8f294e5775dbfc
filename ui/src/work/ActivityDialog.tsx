import { useSyncExternalStore } from "react";
import { useWork } from "../tickets/useWork";
import { Dialog } from "../ui/forms/Dialog";
import styles from "./ActivityDialog.module.css";
import { inWords } from "./deedWords";

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** What was changed since the page was loaded, each to be undone while nothing newer stands on it. */
export default function ActivityDialog({ close }: { close: () => void }) {
  const { activity } = useWork();
  const deeds = useSyncExternalStore(activity.subscribe, activity.all);
  return (
    <Dialog title="Your changes" close={close}>
      {deeds.length === 0 ? (
        <p>Nothing was changed since this page was loaded.</p>
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
                    <time dateTime={new Date(deed.at).toISOString()}>{time.format(deed.at)}</time>
                  </span>
                </div>
                {deed.state !== "undone" && (
                  <button
                    type="button"
                    aria-disabled={obstacle !== null}
                    aria-describedby={obstacle ? `obstacle-${deed.id}` : undefined}
                    onClick={() => obstacle === null && void activity.undo(deed)}
                  >
                    Undo
                    <span className="unseen"> “{inWords(deed)}”</span>
                  </button>
                )}
                {obstacle && deed.state !== "undone" && (
                  <small id={`obstacle-${deed.id}`}>Cannot be undone: {obstacle}.</small>
                )}
              </li>
            );
          })}
        </ol>
      )}
      <button type="button" onClick={close}>
        Close
      </button>
    </Dialog>
  );
}
