import { type QueryClient, useQuery } from "@tanstack/react-query";
import { useSearch } from "wouter";
import { call, json } from "../api/client";
import type { components } from "../api/schema.gen";
import { keyIn, learn, type View, type ViewList, whole } from "./known";

type Schemas = components["schemas"];

/** Milliseconds between two counts, however much happens. */
const COUNTED_EVERY = 5_000;

/** Milliseconds between two counts where nothing tells of what happens. */
const LOOKS_EVERY = 30_000;

const path = (id: number) => `/api/views/${id}/`;
const matching = ({ version }: View) => ({ "if-match": `"${version}"` });

export const viewsApi = {
  list: (signal?: AbortSignal) => call<ViewList>("GET", "/api/views/", { signal }),
  create: (view: Schemas["CreateView"]) => call<View>("POST", "/api/views/", json(view)),
  change: (view: View, to: Schemas["UpdateView"]) =>
    call<View>("PATCH", path(view.id), json(to, matching(view))),
  remove: (view: View) => call<void>("DELETE", path(view.id), { headers: matching(view) }),
};

/** The views of who is here, with how many tickets each shows. */
export function useViews(enabled = true) {
  const views = useQuery({
    queryKey: ["views"],
    queryFn: ({ signal }) => viewsApi.list(signal),
    refetchInterval: LOOKS_EVERY,
    staleTime: COUNTED_EVERY,
    enabled,
  });
  if (views.data) learn(views.data);
  return views;
}

/** The list's conditions that the URL stands for; once the views are known, where it names one. */
export function useListSearch(): string {
  const search = useSearch();
  useViews(keyIn(search) !== null);
  return whole(search);
}

let last = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Counts again, a moment later if that was just done. */
export function countAgain(queries: QueryClient) {
  if (waiting !== undefined) return;
  const look = () => {
    waiting = undefined;
    last = Date.now();
    void queries.invalidateQueries({ queryKey: ["views"] });
  };
  waiting = setTimeout(look, Math.max(0, last + COUNTED_EVERY - Date.now()));
}
