import { useEffect, useRef } from "react";

/** One step back by Esc, unless something that lies above takes it first. */
export function useEscape(back: () => void) {
  const latest = useRef(back);
  latest.current = back;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (event.target instanceof HTMLElement && event.target.matches("input, textarea")) return;
      if (document.querySelector(":popover-open, dialog[open]")) return;
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
