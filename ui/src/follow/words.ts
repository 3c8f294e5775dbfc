import type { Status } from "../api/types";

/** Where a request stands, as one would tell the person who waits for it. */
export const now: Record<Status, string> = {
  open: "We have received it. Somebody will look at it soon.",
  in_progress: "Somebody is working on it.",
  resolved: "It is resolved.",
  closed: "It is closed: nothing more will be done.",
};

const changes: Record<Status, string> = {
  open: "It was opened again",
  in_progress: "We began to work on it",
  resolved: "It was resolved",
  closed: "It was closed",
};

/** What a step of its way was; the first is that it came. */
export const step = (status: Status, isFirst: boolean) =>
  isFirst && status === "open" ? "We received your request" : changes[status];
