import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import { Problem } from "../api/client";
import { t } from "../language/work";
import { isChanged, keyIn, knownViews, type View } from "./known";
import { useViews, viewsApi } from "./useViews";

/** What can be done with the view that the URL shows. `search`: the list's conditions as they are. */
export function useViewActions(search: string) {
  const url = useSearch();
  const [path, go] = useLocation();
  const queries = useQueryClient();
  const views = useViews();
  const [saving, setSaving] = useState(false);
  const [said, setSaid] = useState("");
  const [failure, setFailure] = useState("");
  const key = keyIn(url);
  const view = views.data?.results.find(({ id }) => String(id) === key);
  // the ones that everybody has are nobody's to change
  const named = knownViews().find((one) => one.key === key);

  /** Shows a view as the server has it by now; null: it is gone. */
  async function done(kept: View | null) {
    setFailure("");
    await queries.invalidateQueries({ queryKey: ["views"] });
    setSaid(kept ? t.views.saved : t.views.deleted);
    if (kept) go(`${path}?view=${kept.id}`, { replace: key === String(kept.id) });
    else go("/tickets");
  }
  async function save() {
    if (!view || saving) return;
    setSaving(true);
    try {
      // the button goes; the focus must not go with it
      document.getElementById("main")?.focus({ preventScroll: true });
      await done(await viewsApi.change(view, { query: search }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setFailure(error.status === 412 ? t.views.stale : error.message);
      if (error.status === 412) await queries.invalidateQueries({ queryKey: ["views"] });
    } finally {
      setSaving(false);
    }
  }
  return {
    view,
    named,
    isChanged: named !== undefined && isChanged(url),
    saving,
    said,
    failure,
    save,
    done,
    reset: () => {
      document.getElementById("main")?.focus({ preventScroll: true });
      setFailure("");
      go(`${path}?view=${key}`);
    },
  };
}
