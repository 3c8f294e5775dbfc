import { useEffect, useRef, useState } from "react";
import { t } from "../language/work";
import { Kbd } from "../ui/Kbd";
import { KeyCaps } from "./KeyCaps";
import { keysOf } from "./keymap";
import { labelOf, named } from "./named";
import { commands, groups, keyOf } from "./registry";
import styles from "./ShortcutHelp.module.css";
import { shortcutsAreOn, switchShortcuts } from "./setting";

/** Which key does what, from the registry, and the switch for those that are single characters. */
export default function ShortcutHelp({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const closes = useRef<HTMLButtonElement>(null);
  const [caps, setCaps] = useState<{ held: boolean } | null>(null);
  const next = useRef<{ held: boolean } | null>(null);
  const onPage = (held: boolean) => {
    next.current = { held };
    // gives the focus back first
    dialog.current?.close();
  };
  const [on, setOn] = useState(shortcutsAreOn);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    closes.current?.focus();
  }, []);
  if (caps) return <KeyCaps held={caps.held} close={close} />;
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="shortcuts"
      onClose={() => (next.current ? setCaps(next.current) : close())}
      onKeyDown={(event) => keyOf(event) === keysOf("help")[0] && onPage(event.repeat)}
    >
      <h2 id="shortcuts">{t.commands.heading}</h2>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={t.commands.groups[group]}>
            <h3>{t.commands.groups[group]}</h3>
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
        {t.forms.singleKeys}
      </label>
      <button type="button" className={styles.onPage} onClick={() => onPage(false)}>
        {t.commands.onPage}
      </button>
      <button ref={closes} type="button" onClick={() => dialog.current?.close()}>
        {t.forms.close}
      </button>
    </dialog>
  );
}

/** What is done by several keys stands in one line. */
function keysByLabel(group: (typeof groups)[number]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [id, command] of commands) {
    if (command.group !== group) continue;
    found.set(labelOf(id), [...(found.get(labelOf(id)) ?? []), ...keysOf(id)]);
  }
  return found;
}
