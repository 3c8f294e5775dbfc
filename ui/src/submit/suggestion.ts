import { useEffect, useRef, useState } from "react";
import { api, Problem } from "../api/client";
import type { Suggestion } from "../api/types";

/** Milliseconds after the last key before a suggestion is asked for. */
export const DEBOUNCE = 1000;
/** Shorter texts say too little. */
export const SHORTEST = 20;

export type State =
  | { kind: "idle" | "waiting" | "asking" }
  | { kind: "ready"; suggestion: Suggestion }
  | { kind: "failed" };

const fold = (text: string) => text.trim().replace(/\s+/g, " ");

/**
 * Asks for a suggestion a second after the last edit. An edit aborts the question under way, so that
 * an answer to an older text never arrives; texts that were answered are answered from memory.
 */
export function useSuggestion(title: string, description: string, retry: number): State {
  const [state, setState] = useState<State>({ kind: "idle" });
  const answered = useRef(new Map<string, Suggestion>());
  const pausedUntil = useRef(0);

  // `retry` asks again for the same text
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const text = { title: fold(title), description: fold(description) };
    const key = `${text.title}\n${text.description}`;
    if (text.description.length === 0 || key.length < SHORTEST) {
      setState({ kind: "idle" });
      return;
    }
    const known = answered.current.get(key);
    if (known) {
      setState({ kind: "ready", suggestion: known });
      return;
    }
    // an earlier suggestion stays until the next is there
    setState((now) => (now.kind === "ready" ? now : { kind: "waiting" }));
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      if (Date.now() < pausedUntil.current) {
        setState({ kind: "failed" });
        return;
      }
      setState((now) => (now.kind === "ready" ? now : { kind: "asking" }));
      try {
        const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(8000)]);
        const suggestion = await api.classify(text, signal);
        if (abort.signal.aborted) return;
        answered.current.set(key, suggestion);
        if (answered.current.size > 20) {
          const oldest = answered.current.keys().next().value;
          if (oldest !== undefined) answered.current.delete(oldest);
        }
        setState({ kind: "ready", suggestion });
      } catch (error) {
        if (abort.signal.aborted) return;
        if (error instanceof Problem && error.retryAfter) {
          pausedUntil.current = Date.now() + error.retryAfter * 1000;
        }
        setState({ kind: "failed" });
      }
    }, DEBOUNCE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [title, description, retry]);

  return state;
}
