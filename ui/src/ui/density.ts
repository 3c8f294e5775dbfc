import { useSyncExternalStore } from "react";

/** How close the rows of the list stand. */
export type Density = "comfortable" | "compact";

const KEPT = "frontdesk.density";
const listeners = new Set<() => void>();

export function readDensity(): Density {
  try {
    return localStorage.getItem(KEPT) === "compact" ? "compact" : "comfortable";
  } catch {
    return "comfortable";
  }
}

export function setDensity(density: Density) {
  try {
    if (density === "compact") localStorage.setItem(KEPT, density);
    else localStorage.removeItem(KEPT);
  } catch {
    // storage may be switched off; then they stay comfortable
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useDensity = () => useSyncExternalStore(subscribe, readDensity);
