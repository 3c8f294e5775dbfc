/** The lists' words as people read them. */
import type { Category, Priority, Source, Status } from "../api/types";

export const categories: Record<Category, string> = {
  billing: "Billing",
  technical: "Technical",
  account: "Account",
  general: "General",
};

export const priorities: Record<Priority, string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const statuses: Record<Status, string> = {
  open: "Open",
  in_progress: "In progress",
  resolved: "Resolved",
  closed: "Closed",
};

export const sources: Record<Source, string> = {
  requester: "chosen by the requester",
  agent: "set by an agent",
  gemini: "suggested by Gemini",
  anthropic: "suggested by Claude",
  openai: "suggested by a language model",
  local: "suggested by the built-in classifier",
  default: "not sorted yet",
};

export const isMachine = (source: Source) => source !== "requester" && source !== "agent";

// dear to make, and used by each row
const format = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });

export function ago(time: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(time) - now) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "second");
}

/** The same for what has just happened, where each second counts. */
export function secondsAgo(time: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  return seconds < 60 ? `${seconds} s ago` : ago(time, now);
}
