import { useEffect, useState } from "react";
import { type Draft, emptyDraft, hasText, readDraft, writeDraft } from "./draft";

/** The draft, kept with every change. */
export function useDraft() {
  const [draft, setDraft] = useState(readDraft);
  const [restored, setRestored] = useState(() => hasText(draft));
  useEffect(() => writeDraft(draft), [draft]);
  return {
    draft,
    change: (part: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) =>
      setDraft((now) => ({ ...now, ...(typeof part === "function" ? part(now) : part) })),
    /** Whether it is from before a reload. */
    restored,
    clear: () => {
      setDraft(emptyDraft());
      setRestored(false);
    },
  };
}
