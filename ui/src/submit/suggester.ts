import { Problem } from "../api/client";
import type { Suggestion } from "../api/types";
import { isUnsure } from "./confidence";

/** Milliseconds after the last key before a suggestion is asked for. */
export const DEBOUNCE = 1000;
/** A question that is answered sooner is not worth a word. */
export const SHOWN_AFTER = 300;
export const TIMEOUT = 8000;
/** Shorter texts say too little. */
export const SHORTEST = 20;
/** Fewer changed characters than these change no meaning. */
const LEAST_CHANGE = 3;
const REMEMBERED = 20;
/** Seconds, where a server that has enough does not say how long. */
const PAUSE = 30;

export type Text = { title: string; description: string };

export type State =
  | { kind: "off" | "idle" | "waiting" | "asking" | "failed" | "paused" }
  /** `unsure`: neither word may be filled in. `updating`: the text has moved on. */
  | { kind: "ready" | "unsure"; suggestion: Suggestion; updating: boolean };

type Ask = (text: Text, signal: AbortSignal) => Promise<Suggestion>;

/**
 * The suggestion while somebody writes. Asks a second after the last edit; an edit aborts the question
 * under way, and an answer is only taken for the text it was asked for: a late one never wins.
 */
export class Suggester {
  state: State = { kind: "idle" };
  private text: Text = { title: "", description: "" };
  private answered = new Map<string, Suggestion>();
  /** The text of the suggestion that is shown. */
  private shownFor = "";
  private pausedUntil = 0;
  private listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private abort: AbortController | undefined;

  constructor(private ask: Ask) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** No classifier: nothing is asked, nothing is shown. */
  off() {
    this.stop();
    this.show({ kind: "off" });
  }

  write(title: string, description: string) {
    const text = { title: fold(title), description: fold(description) };
    const key = keyOf(text);
    if (key === keyOf(this.text) && this.state.kind !== "off" && this.state.kind !== "idle") return;
    this.stop();
    this.text = text;
    if (!text.description || text.title.length + text.description.length < SHORTEST) {
      this.shownFor = "";
      this.show({ kind: "idle" });
      return;
    }
    const known = this.answered.get(key);
    if (known) {
      this.answer(key, known);
      return;
    }
    const shown = "suggestion" in this.state ? this.state.suggestion : undefined;
    if (shown && changed(this.shownFor, key) < LEAST_CHANGE) {
      this.show(settled(shown));
      return;
    }
    this.later();
  }

  /** Asks for the same text once more, now. */
  again() {
    if (this.state.kind === "failed") void this.question();
  }

  stop() {
    clearTimeout(this.timer);
    this.abort?.abort();
    this.abort = undefined;
  }

  /** Lets what was stopped go on, after an interruption that was not an edit. */
  resume() {
    if (["waiting", "asking", "paused"].includes(this.state.kind) || this.isUpdating) this.later();
  }

  private get isUpdating() {
    return "updating" in this.state && this.state.updating;
  }

  private later() {
    this.stop();
    const pause = this.pausedUntil - Date.now();
    // an earlier suggestion stays until the next is there
    if ("suggestion" in this.state) this.show({ ...this.state, updating: true });
    else if (pause > 0) this.show({ kind: "paused" });
    else this.show({ kind: "waiting" });
    this.timer = setTimeout(() => void this.question(), Math.max(DEBOUNCE, pause));
  }

  private async question() {
    this.stop();
    const abort = new AbortController();
    this.abort = abort;
    const { text } = this;
    const key = keyOf(text);
    // by our own hand rather than by AbortSignal.timeout, which no test clock can move
    let late = false;
    const timeout = setTimeout(() => {
      late = true;
      abort.abort();
    }, TIMEOUT);
    const shown = setTimeout(() => {
      if (!this.isUpdating) this.show({ kind: "asking" });
    }, SHOWN_AFTER);
    abort.signal.addEventListener("abort", () => clearTimeout(shown));
    try {
      const gone = new Promise<never>((_, reject) => {
        abort.signal.addEventListener("abort", () => reject(new Error("no longer asked")));
      });
      const suggestion = await Promise.race([this.ask(text, abort.signal), gone]);
      if (keyOf(this.text) === key) this.answer(key, suggestion);
    } catch (error) {
      if ((abort.signal.aborted && !late) || keyOf(this.text) !== key) return;
      this.refused(error);
    } finally {
      clearTimeout(timeout);
      clearTimeout(shown);
    }
  }

  private refused(error: unknown) {
    if (!(error instanceof Problem) || (error.status !== 429 && error.status !== 503)) {
      this.show({ kind: "failed" });
      return;
    }
    const pause = (error.retryAfter ?? PAUSE) * 1000;
    this.pausedUntil = Date.now() + pause;
    if (!this.isUpdating) this.show({ kind: "paused" });
    this.timer = setTimeout(() => void this.question(), pause);
  }

  private answer(key: string, suggestion: Suggestion) {
    this.answered.delete(key);
    this.answered.set(key, suggestion);
    const [oldest] = this.answered.keys();
    if (this.answered.size > REMEMBERED && oldest !== undefined) this.answered.delete(oldest);
    this.shownFor = key;
    this.show(settled(suggestion));
  }

  private show(state: State) {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

const fold = (text: string) => text.trim().replace(/\s+/g, " ");
const keyOf = (text: Text) => `${text.title}\n${text.description}`;

function settled(suggestion: Suggestion): State {
  const { confidence } = suggestion;
  const unsure = isUnsure(confidence?.category) && isUnsure(confidence?.priority);
  return { kind: unsure ? "unsure" : "ready", suggestion, updating: false };
}

/** How many characters lie between what two texts begin and end alike with. */
function changed(before: string, after: string): number {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return Math.max(before.length, after.length) - start - end;
}
