export type Segment = { text: string; isMarked: boolean };

/** A text in parts, of which those that are one of the phrases are marked. */
export function marked(text: string, phrases: string[]): Segment[] {
  const wanted = phrases.filter((phrase) => phrase !== "");
  if (wanted.length === 0) return [{ text, isMarked: false }];
  const pattern = wanted
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  return text
    .split(new RegExp(`(${pattern})`, "gi"))
    .map((part, n) => ({ text: part, isMarked: n % 2 === 1 }))
    .filter((part) => part.text !== "");
}
