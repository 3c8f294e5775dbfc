import type { Around } from "../markup";

/** How a request is doing, for the one who filed it. */
export const follow = {
  missing: "This link leads to no request",
  missingWhy: (submit: Around) => (
    <>
      It may have been cut short when it was copied, or the request was deleted. You can{" "}
      {submit("submit a new ticket")}.
    </>
  ),
  request: "Your request",
  numbered: (id: number) => `Your request ${id}`,
  soFar: "What happened so far",
  note: "This page looks for news each minute. Whoever has its address can see it, so keep it to yourself.",
  now: {
    open: "We have received it. Somebody will look at it soon.",
    in_progress: "Somebody is working on it.",
    resolved: "It is resolved.",
    closed: "It is closed: nothing more will be done.",
  },
  received: "We received your request",
  steps: {
    open: "It was opened again",
    in_progress: "We began to work on it",
    resolved: "It was resolved",
    closed: "It was closed",
  },
};
