import { useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api/client";
import { Suggester } from "./suggester";

/** The suggestion for what is being written; see {@link Suggester} for how it behaves. */
export function useSuggestion(on: boolean, title: string, description: string) {
  const [suggester] = useState(() => new Suggester(api.classify));
  const state = useSyncExternalStore(suggester.subscribe, () => suggester.state);
  useEffect(() => {
    if (on) suggester.write(title, description);
    else suggester.off();
  }, [suggester, on, title, description]);
  useEffect(() => {
    suggester.resume();
    return () => suggester.stop();
  }, [suggester]);
  return { state, again: () => suggester.again() };
}
