import { useEffect, useRef, useState } from "react";
import { Kbd } from "../ui/Kbd";
import { commands, groups, named } from "./registry";
import styles from "./ShortcutHelp.module.css";
import { shortcutsAreOn, switchShortcuts } from "./setting";

/** Which key does what, from the registry, and the switch for those that are single characters. */
export default function ShortcutHelp({ close }: { close: () => void }) {
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
                      <Kbd key={key} name={named(key)} />
                    ))}
                  </dt>
                  <dd>{label}</dd>
                </div>
              ))}
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
