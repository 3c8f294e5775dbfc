import { type ReactNode, useId, useRef, useState } from "react";
import styles from "./Popover.module.css";

/** A button with a box that opens under it. The browser closes it by Esc or a click beside it. */
export function Popover(props: { label: ReactNode; className?: string; children: ReactNode }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState({ top: 0, insetInlineEnd: 0 });
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className}
        popoverTarget={id}
        aria-expanded={open}
        onClick={() => {
          const box = button.current?.getBoundingClientRect();
          if (!box) return;
          const width = document.documentElement.clientWidth;
          const isMirrored = getComputedStyle(document.documentElement).direction === "rtl";
          const end = isMirrored ? box.left : width - box.right;
          setPlace({ top: box.bottom + window.scrollY + 4, insetInlineEnd: Math.max(8, end) });
        }}
      >
        {props.label}
      </button>
      <div
        id={id}
        popover="auto"
        className={styles.box}
        style={place}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && props.children}
      </div>
    </>
  );
}
