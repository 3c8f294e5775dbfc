import { useSyncExternalStore } from "react";
import { directionOf, type Language } from "./languages";

let language: Language = "en";
const listeners = new Set<() => void>();

/** The language that is spoken now. */
export const current = () => language;

/** Says what is spoken from now on, to the browser and to all that draw text. */
export function become(spoken: Language) {
  language = spoken;
  document.documentElement.lang = spoken;
  document.documentElement.dir = directionOf(spoken);
}

/** Draws anew whatever was drawn in another language. */
export function tell() {
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The language, to be drawn anew with it. */
export const useLanguage = () => useSyncExternalStore(subscribe, current);
