import { useEffect, useId, useRef, useState } from "react";
import { useLocation } from "wouter";
import { t } from "../language/work";
import { useSession } from "../session/useSession";
import { Kbd } from "../ui/Kbd";
import { useViews } from "../views/useViews";
import { offers } from "./offers";
import styles from "./Palette.module.css";

/** Every command of the page by its name, with the key that does the same without this. */
export default function Palette({ close }: { close: () => void }) {
  const [, go] = useLocation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const who = useSession();
  useViews(who.isKnown && !who.isStranger);
  const found = offers(words, go);
  const current = Math.min(at, found.length - 1);

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView({ block: "nearest" });
  }, [id, current]);

  function run(index: number) {
    const offer = found[index];
    if (!offer) return;
    // the focus is back where it was before the command asks where that is
    dialog.current?.close();
    requestAnimationFrame(() => offer.run());
  }
  /** Where a key leads from here; null for keys that write. */
  function placeAfter(key: string): number | null {
    if (key === "ArrowDown") return (current + 1) % Math.max(1, found.length);
    if (key === "ArrowUp") return (current - 1 + found.length) % Math.max(1, found.length);
    return null;
  }
  return (
    <dialog ref={dialog} className={styles.palette} aria-label={t.commands.palette} onClose={close}>
      <input
        type="text"
        role="combobox"
        aria-label={t.commands.find}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
        placeholder={t.commands.placeholder}
        autoComplete="off"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const place = placeAfter(event.key);
          if (place === null && event.key !== "Enter") return;
          event.preventDefault();
          if (place === null) run(current);
          else setAt(place);
        }}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t.commands.palette} className={styles.list}>
        {found.map((offer, n) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names it
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys do the same
          <div
            key={offer.label}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === current}
            onPointerMove={() => setAt(n)}
            onClick={() => run(n)}
          >
            <span>{offer.label}</span>
            {offer.keys.map((key) => (
              <Kbd key={key} name={key} />
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && <p>{t.commands.none}</p>}
    </dialog>
  );
}
