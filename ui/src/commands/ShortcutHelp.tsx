import { useEffect, useRef, useState } from "react";
import { commands } from "./registry";
import styles from "./ShortcutHelp.module.css";
import { shortcutsAreOn, switchShortcuts } from "./setting";

const groups = ["Anywhere", "In the list", "On a ticket"] as const;

/** Which key does what, from the registry, and the switch for those that are single characters. */
export function ShortcutHelp({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(shortcutsAreOn);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="shortcuts" onClose={close}>
      <h2 id="shortcuts">Keyboard shortcuts</h2>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {commands
                .filter(([, command]) => command.group === group)
                .map(([id, { keys, label }]) => (
                  <div key={id}>
                    <dt>
                      {keys.map((key) => (
                        <kbd key={key}>{named(key)}</kbd>
                      ))}
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
              {group === "On a ticket" && (
                <div>
                  <dt>
                    <kbd>Esc</kbd>
                  </dt>
                  <dd>Close the ticket</dd>
                </div>
              )}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles.setting}>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchShortcuts(event.target.checked);
            setOn(event.target.checked);
          }}
        />
        Single-key shortcuts
      </label>
      <button type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

const named = (key: string) =>
  key.replace("ArrowDown", "↓").replace("ArrowUp", "↑").replace(" ", " then ");
