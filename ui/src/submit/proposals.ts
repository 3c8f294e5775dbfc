import type { Category, Priority, Suggestion } from "../api/types";
import type { Proposal } from "./choice";

/** A suggestion, taken apart by field. */
export type Proposals = { category: Proposal<Category>; priority: Proposal<Priority> };

export function proposalsOf(suggestion: Suggestion): Proposals {
  const { source, confidence } = suggestion;
  return {
    category: {
      value: suggestion.suggested_category,
      source,
      confidence: confidence?.category,
    },
    priority: {
      value: suggestion.suggested_priority,
      source,
      confidence: confidence?.priority,
    },
  };
}
