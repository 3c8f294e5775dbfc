/** The sentence that says what the bars show. */
export function describe(words: Record<string, string>, counts: Record<string, number>): string {
  const entries = Object.keys(words).map(
    (word) => [words[word] ?? word, counts[word] ?? 0] as const,
  );
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return "There are no tickets yet.";
  const most = Math.max(...entries.map(([, count]) => count));
  const leading = entries.filter(([, count]) => count === most).map(([label]) => label);
  const share = Math.round((100 * most) / total);
  return leading.length === 1
    ? `Most tickets are ${leading[0]?.toLowerCase()}: ${share} %.`
    : `${new Intl.ListFormat("en").format(leading)} lead with ${share} % each.`;
}

/** A number of a breakdown, also of one that is not there yet. */
export const numberOf = (counts: Record<string, number> | undefined, word: string) =>
  counts ? (counts[word] ?? 0).toLocaleString() : "…";
