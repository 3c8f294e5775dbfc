import { useEffect, useRef, useState } from "react";
import { commands } from "./registry";
import styles from "./ShortcutHelp.module.css";
import { shortcutsAreOn, switchShortcuts } from "./setting";

const groups = ["Anywhere", "In the list", "On a ticket"] as const;

/** Which key does what, from the registry, and the switch for those that are single characters. */
export function ShortcutHelp({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const closes = useRef<HTMLButtonElement>(null);
  const [on, setOn] = useState(shortcutsAreOn);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    closes.current?.focus();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="shortcuts" onClose={close}>
      <h2 id="shortcuts">Keyboard shortcuts</h2>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {[...keysByLabel(group)].map(([label, keys]) => (
                <div key={label}>
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
      <button ref={closes} type="button" onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

/** What is done by several keys stands in one line. */
function keysByLabel(group: (typeof groups)[number]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, command] of commands) {
    if (command.group !== group) continue;
    found.set(command.label, [...(found.get(command.label) ?? []), ...command.keys]);
  }
  return found;
}

const named = (key: string) =>
  key.replace("ArrowDown", "↓").replace("ArrowUp", "↑").replace(" ", " then ");
