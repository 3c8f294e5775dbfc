import { useEffect, useRef } from "react";
import { KeyReader } from "./KeyReader";
import { type CommandId, isCharacter, registry } from "./registry";
import { shortcutsAreOn } from "./setting";

type Handlers = Partial<Record<CommandId, () => void>>;

// the page that was drawn last answers first
const answering: { current: Handlers }[] = [];

/** What this part of the page does for a command, while it is there. */
export function useCommands(handlers: Handlers) {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    answering.unshift(latest);
    return () => void answering.splice(answering.indexOf(latest), 1);
  }, []);
}

/** Marks a part in which keys are commands, as they are where nothing has the focus. */
export const takesKeys = { "data-takes-keys": true };

/** Listens for all of them. Never in a field, under a dialog, or with a modifier. */
export function useShortcuts() {
  useEffect(() => {
    const reader = new KeyReader();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isCharacter(event.key) && !shortcutsAreOn()) return;
      const at = event.target instanceof HTMLElement ? event.target : document.body;
      const isLocal = at.closest("[data-takes-keys]") !== null;
      if (!isLocal && at !== document.body && at.tagName !== "MAIN") return;
      if (at.matches("input, textarea, select, summary, [contenteditable]")) return;
      if (document.querySelector(":popover-open, dialog[open]")) return;
      const id = reader.read(event.key, event.timeStamp);
      if (!id || ("local" in registry[id] && !isLocal)) return;
      const handler = answering.find(({ current }) => current[id])?.current[id];
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
