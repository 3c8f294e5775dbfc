/** How sure a classifier must be before its word is filled in, and how that is said. */
export type Surety = "quite" | "fairly" | "unsure";

export function surety(confidence: number): Surety {
  if (confidence >= 0.8) return "quite";
  return confidence >= 0.6 ? "fairly" : "unsure";
}

/** A classifier that gives no number is taken at its word; none is invented for it. */
export const isUnsure = (confidence: number | undefined) =>
  confidence !== undefined && surety(confidence) === "unsure";
