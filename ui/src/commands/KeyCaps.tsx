import { useEffect, useState } from "react";
import { t } from "../language/work";
import { Kbd } from "../ui/Kbd";
import { controls } from "./controls";
import styles from "./KeyCaps.module.css";
import { keysOf } from "./keymap";
import { named } from "./named";
import type { CommandId } from "./registry";

type Cap = { id: CommandId; keys: string; left: number; top: number };

/** Draws each key on the control that does the same, until the next key or click, which does what it says. */
export function KeyCaps({ held, close }: { held: boolean; close: () => void }) {
  // drawn at once: what stood over the page is gone by now
  const [caps] = useState(find);
  useEffect(() => {
    const end = (event: Event) => {
      // the key that is held down goes on telling that it is
      if (event instanceof KeyboardEvent && event.repeat) return;
      close();
    };
    const ends = ["keydown", "pointerdown", "wheel", "resize", "blur", ...(held ? ["keyup"] : [])];
    for (const one of ends) window.addEventListener(one, end);
    return () => {
      for (const one of ends) window.removeEventListener(one, end);
    };
  }, [held, close]);
  return (
    <>
      <span role="status" className="unseen">
        {t.commands.capsShown}
      </span>
      <div aria-hidden="true" className={styles.caps}>
        {caps.map(({ id, keys, left, top }) => (
          <span key={id} data-cap={id} style={{ left, top }}>
            <Kbd name={keys} />
          </span>
        ))}
      </div>
    </>
  );
}

function find(): Cap[] {
  const caps: Cap[] = [];
  for (const [id, selector] of Object.entries(controls) as [CommandId, string][]) {
    const control = [...document.querySelectorAll(selector)].find(isInSight);
    if (!control) continue;
    const { left, top } = control.getBoundingClientRect();
    const keys = keysOf(id).map(named).join(", ");
    caps.push({ id, keys, left: Math.max(2, left - 6), top: Math.max(2, top - 8) });
  }
  return caps;
}

function isInSight(element: Element): boolean {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  const isWithin = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  return isWithin && width > 0 && height > 0 && element.checkVisibility();
}
