import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { countAgain } from "../views/useViews";

/** What the server tells of, and what shows it. */
const events = ["ticket.created", "ticket.changed", "ticket.deleted", "stats", "reset"];
const shown = ["tickets", "ticket", "history", "stats", "trends"];

/** Milliseconds in which what comes together is looked at together. */
const TOGETHER = 250;

/**
 * Looks again at what is shown as soon as the server tells that it has changed. Where nothing can be told
 * (an old browser, a proxy in between) the looks from time to time remain; a hidden tab is quiet.
 */
export function useLive() {
  const queries = useQueryClient();
  useEffect(() => listen(queries), [queries]);
}

function listen(queries: QueryClient): (() => void) | undefined {
  if (!("EventSource" in window)) return undefined;
  let source: EventSource | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      for (const key of shown) void queries.invalidateQueries({ queryKey: [key] });
      countAgain(queries);
    }, TOGETHER);
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  const open = () => {
    if (document.hidden || source) return;
    source = new EventSource("/api/events/");
    for (const event of events) source.addEventListener(event, look);
  };
  const turn = () => {
    if (document.hidden) return close();
    open();
    look(); // what happened while nobody looked
  };
  open();
  document.addEventListener("visibilitychange", turn);
  return () => {
    document.removeEventListener("visibilitychange", turn);
    clearTimeout(waiting);
    close();
  };
}
