import type { Category, Priority } from "../api/types";
import { type Choice, undecided } from "./choice";
import { freshKey } from "./key";

/** What is being written survives a reload, until it is sent or the tab is closed. */
export type Draft = {
  title: string;
  description: string;
  category: Choice<Category>;
  priority: Choice<Priority>;
  /** One key for one composed ticket, over all tries to send it. */
  key: string;
};

const KEPT = "frontdesk.draft";

export function emptyDraft(): Draft {
  return { title: "", description: "", category: undecided, priority: undecided, key: freshKey() };
}

export const hasText = (draft: Draft) => (draft.title + draft.description).trim() !== "";

export function readDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    return isDraft(kept) && hasText(kept) ? kept : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

export function writeDraft(draft: Draft) {
  try {
    if (hasText(draft)) sessionStorage.setItem(KEPT, JSON.stringify(draft));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // storage may be switched off; the form works without
  }
}

// an older version of the app may have kept another shape
function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== "object" || kept === null) return false;
  const draft = kept as Record<keyof Draft, unknown>;
  const isChoice = (choice: unknown) =>
    typeof choice === "object" && choice !== null && "value" in choice && "by" in choice;
  return (
    typeof draft.title === "string" &&
    typeof draft.description === "string" &&
    typeof draft.key === "string" &&
    isChoice(draft.category) &&
    isChoice(draft.priority)
  );
}
