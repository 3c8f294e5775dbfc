import { useEffect, useRef } from "react";
import { KeyReader } from "./KeyReader";
import { type CommandId, isCharacter, keyOf, registry } from "./registry";
import { shortcutsAreOn } from "./setting";

export type Handlers = Partial<Record<CommandId, (() => void) | undefined>>;

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

/** What does a command now; nothing where no part of the page knows it. */
export const handlerOf = (id: CommandId) =>
  answering.find(({ current }) => current[id])?.current[id];

/** Marks a part in which keys are commands, as they are where nothing has the focus. */
export const takesKeys = { "data-takes-keys": true };

/** Listens for all of them. Never in a field or under a dialog. */
export function useShortcuts() {
  useEffect(() => {
    const reader = new KeyReader();
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (!key || event.defaultPrevented) return;
      if (isCharacter(key) && !shortcutsAreOn()) return;
      const at = event.target instanceof HTMLElement ? event.target : document.body;
      if (!isHeard(key, at)) return;
      if (document.querySelector(":popover-open, dialog[open]")) return;
      const handler = reader
        .read(key, event.timeStamp)
        .filter((id) => !("onRow" in registry[id]) || at.role === "row")
        .map(handlerOf)
        .find((found) => found !== undefined);
      if (!handler) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Whether a key that is pressed here may be a command. */
function isHeard(key: string, at: HTMLElement): boolean {
  // it types nothing, so it works in fields too
  if (key === "Ctrl+k") return true;
  if (at.matches("input:not([type=checkbox]), textarea, [contenteditable]")) return false;
  // there is nothing in a select that it would close
  if (key === "Escape") return true;
  if (at.matches("input, select, summary")) return false;
  return at === document.body || at.tagName === "MAIN" || at.closest("[data-takes-keys]") !== null;
}
