/** What is being written survives a reload, until it is sent or the tab is closed. */
export type Draft = { title: string; description: string };

const KEY = "frontdesk.draft";

export function readDraft(): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Partial<Draft>;
    return { title: kept.title ?? "", description: kept.description ?? "" };
  } catch {
    return { title: "", description: "" };
  }
}

export function writeDraft(draft: Draft) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // storage may be switched off; the form works without
  }
}
