/** What is looked at, as it stands in the URL: `?days=90&model=local frontdesk-1`. */
import { keyOf, type Model } from "./report";

export const RANGES = [7, 30, 90, 365];

export function daysOf(search: string): number {
  const asked = Number(new URLSearchParams(search).get("days"));
  return RANGES.includes(asked) ? asked : 30;
}

/** The model that the URL names; the most used one where it names none of these. */
export function modelOf(search: string, models: Model[]): Model | undefined {
  const asked = new URLSearchParams(search).get("model");
  return models.find((model) => keyOf(model) === asked) ?? models[0];
}

export function hrefWith(search: string, name: "days" | "model", value: string): string {
  const query = new URLSearchParams(search);
  query.set(name, value);
  return `/accuracy?${query}`;
}
