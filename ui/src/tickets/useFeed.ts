import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { Feed } from "./feed";

/** Milliseconds between two looks at what is shown, where nothing tells of changes by itself. */
export const EVERY = 15_000;

const kept = new WeakMap<QueryClient, Feed>();

export function feedOf(queries: QueryClient): Feed {
  const known = kept.get(queries);
  if (known) return known;
  const made = new Feed();
  kept.set(queries, made);
  return made;
}

export const useFeed = () => feedOf(useQueryClient());
