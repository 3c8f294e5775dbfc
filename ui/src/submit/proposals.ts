import type { Category, Priority, Suggestion } from "../api/types";
import type { Proposal } from "./choice";

/** A suggestion, taken apart by field. */
export type Proposals = { category: Proposal<Category>; priority: Proposal<Priority> };

export function proposalsOf(suggestion: Suggestion): Proposals {
  const { source, confidence, alternatives } = suggestion;
  return {
    category: {
      value: suggestion.suggested_category,
      source,
      confidence: confidence?.category,
      next: alternatives?.category,
    },
    priority: {
      value: suggestion.suggested_priority,
      source,
      confidence: confidence?.priority,
      next: alternatives?.priority,
      needsCheck: suggestion.needs_check,
    },
  };
}
