import type { First } from "../text";

export const words: First["words"] = {
  category: "Categoría",
  priority: "Prioridad",
  status: "Estado",
  title: "Título",
  description: "Descripción",
  categories: {
    billing: "Facturación",
    technical: "Técnica",
    account: "Cuenta",
    general: "General",
  },
  priorities: { low: "Baja", medium: "Media", high: "Alta", critical: "Crítica" },
  statuses: {
    open: "Abierto",
    in_progress: "En curso",
    resolved: "Resuelto",
    closed: "Cerrado",
  },
  sources: {
    requester: "elegida por el solicitante",
    agent: "establecida por un agente",
    gemini: "sugerida por Gemini",
    anthropic: "sugerida por Claude",
    openai: "sugerida por un modelo de lenguaje",
    local: "sugerida por el clasificador integrado",
    default: "aún sin clasificar",
  },
  roles: { agent: "Agente", admin: "Administrador" },
  percent: (value) => `${value} %`,
};
