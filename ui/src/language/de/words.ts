import type { First } from "../text";

export const words: First["words"] = {
  category: "Kategorie",
  priority: "Priorität",
  status: "Status",
  title: "Titel",
  description: "Beschreibung",
  categories: {
    billing: "Abrechnung",
    technical: "Technik",
    account: "Konto",
    general: "Allgemeines",
  },
  priorities: { low: "Niedrig", medium: "Mittel", high: "Hoch", critical: "Kritisch" },
  statuses: {
    open: "Offen",
    in_progress: "In Arbeit",
    resolved: "Gelöst",
    closed: "Geschlossen",
  },
  sources: {
    requester: "vom Einsender gewählt",
    agent: "vom Support gesetzt",
    gemini: "von Gemini vorgeschlagen",
    anthropic: "von Claude vorgeschlagen",
    openai: "von einem Sprachmodell vorgeschlagen",
    local: "vom eingebauten Klassifikator vorgeschlagen",
    default: "noch nicht eingeordnet",
  },
  roles: { agent: "Support", admin: "Admin" },
  percent: (value) => `${value} %`,
};
