import { useState } from "react";
import { canChoose, choose, chooseNone, keysOf, keyTyped, useKeys } from "../commands/keymap";
import { labelOf } from "../commands/named";
import { type CommandId, commands, groups } from "../commands/registry";
import { t } from "../language/work";
import styles from "./Keys.module.css";
import section from "./settings.module.css";

/** Other keys for commands. What the help, the palette and the buttons name follows. */
export function Keys() {
  const chosen = useKeys();
  const [said, setSaid] = useState("");
  // after one, every field is drawn anew
  const [resets, setResets] = useState(0);
  return (
    <section className={section.section} aria-labelledby="keys">
      <h2 id="keys">{t.keys.heading}</h2>
      <p className={section.about}>{t.keys.about}</p>
      {groups.map((group) => (
        <details key={group} className={styles.group}>
          <summary>{t.commands.groups[group]}</summary>
          <ul>
            {commands
              .filter(([id, command]) => command.group === group && canChoose(id))
              .map(([id]) => (
                <KeyField key={`${id} ${resets}`} id={id} label={labelOf(id)} say={setSaid} />
              ))}
          </ul>
        </details>
      ))}
      <button
        type="button"
        aria-disabled={Object.keys(chosen).length === 0}
        onClick={() => {
          if (Object.keys(chosen).length === 0) return;
          chooseNone();
          setResets(resets + 1);
          setSaid(t.keys.isReset);
        }}
      >
        {t.keys.reset}
      </button>
      <p role="status">{said}</p>
    </section>
  );
}

function KeyField(props: { id: CommandId; label: string; say: (text: string) => void }) {
  const { id, label } = props;
  const now = keysOf(id).join(" ");
  const [typed, setTyped] = useState(now);
  const [fault, setFault] = useState("");
  const own = ownKeyOf(id);

  function take() {
    props.say("");
    // empty is the key that it had
    const key = typed.trim() === "" ? own : keyTyped(typed);
    if (!key) return setFault(t.keys.invalid);
    const other = choose(id, key);
    if (other) return setFault(t.keys.taken(key, labelOf(other)));
    setFault("");
    setTyped(key);
  }
  return (
    <li>
      <label htmlFor={`key-${id}`}>{label}</label>
      <span>
        {now !== own && <small>{t.keys.was(own)}</small>}
        <input
          id={`key-${id}`}
          aria-label={t.keys.keyFor(label)}
          aria-invalid={fault !== "" || undefined}
          aria-describedby={fault ? `key-${id}-fault` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={3}
          value={typed}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === "Enter" && take()}
        />
      </span>
      {fault && (
        <p id={`key-${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </li>
  );
}

const ownKeyOf = (id: CommandId) => commands.find(([one]) => one === id)?.[1].keys[0] ?? "";
