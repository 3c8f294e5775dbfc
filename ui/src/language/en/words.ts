/** The words of the lists, as people read them; what is sent to the server stays as it is. */
export const words = {
  category: "Category",
  priority: "Priority",
  status: "Status",
  title: "Title",
  description: "Description",
  categories: {
    billing: "Billing",
    technical: "Technical",
    account: "Account",
    general: "General",
  },
  priorities: { low: "Low", medium: "Medium", high: "High", critical: "Critical" },
  statuses: {
    open: "Open",
    in_progress: "In progress",
    resolved: "Resolved",
    closed: "Closed",
  },
  sources: {
    requester: "chosen by the requester",
    agent: "set by an agent",
    gemini: "suggested by Gemini",
    anthropic: "suggested by Claude",
    openai: "suggested by a language model",
    local: "suggested by the built-in classifier",
    default: "not sorted yet",
  },
  roles: { agent: "Agent", admin: "Admin" },
  percent: (value: string) => `${value} %`,
};
